// The dialogs that open over the page, and the tabs that it has where room is short.

export type Panel =
  "stop" | "link" | "hide" | "share" | "picture" | "animation" | "code" | "export" | "pins" | "help" | "settings";
export type Tab = "network" | "data" | "settings";
