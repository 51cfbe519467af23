// The panels that open over the page.

export type Panel = "stop" | "link" | "hide" | "picture" | "code" | "pins" | "help";
