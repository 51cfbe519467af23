// The dialogs that open over the page, and the tabs that it has on a phone.

export type Panel = "stop" | "link" | "hide" | "picture" | "code" | "pins" | "help";
export type Tab = "network" | "data" | "settings";
