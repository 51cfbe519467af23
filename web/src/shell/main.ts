// The page as a server serves it: alone in its document, with the address bar.

import "./document.css";
import { BrowserTab } from "./browser-tab";
import { mount } from "./mount";
import { socketAddress, webSocketTransport } from "./connecting";

const target = document.getElementById("page");
if (target === null) throw new Error("There is no element for the page.");
mount(target, {
  transport: webSocketTransport(socketAddress(new URL(location.href))),
  host: new BrowserTab(),
  onTheme: (theme) => {
    document.documentElement.dataset["theme"] = theme;
  },
});
