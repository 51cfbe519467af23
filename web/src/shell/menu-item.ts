/** An entry of a menu; with `checked` it is one of a group of choices. */
export interface MenuItem {
  label: string;
  keys?: string;
  checked?: boolean;
  disabled?: boolean;
  act: () => void;
}
