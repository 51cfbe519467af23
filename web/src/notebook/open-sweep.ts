// The view of a sweep in a cell, connected with its kernel.

import "../shell/tokens.css";
import "../shell/base.css";
import "../shell/controls.css";
import "../shell/media.css";
import "../shell/embedded.css";
import { mount, unmount } from "svelte";
import { keepKeys } from "../shell/kept-keys";
import { followNotebookTheme } from "../shell/notebook-theme";
import { shadowRootIn } from "../shell/shadow-root";
import type { SweepRequest } from "../protocol/messages";
import { type Model, type TakeMessage, send } from "./comm";
import { ShownSweep } from "./shown-sweep.svelte";
import SweepView from "./SweepView.svelte";
import { isOver, parseProgress } from "./sweep-progress";

/** A kernel that does not answer within this time, in milliseconds, is busy or not there. */
const PATIENCE = 3000;
/** Between two questions, in milliseconds. JupyterLab opens a way around a busy cell while the first is on its way. */
const AGAIN = 500;

/** Puts a view of the sweep that this model stands for into an element; returns the function that takes it away. */
export function openSweep(model: Model, element: HTMLElement): () => void {
  const view = new View(model, element);
  return () => view.destroy();
}

class View {
  readonly #shown = new ShownSweep();
  readonly #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #repeat: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly model: Model,
    el: HTMLElement,
  ) {
    const { host, surface } = shadowRootIn(el);
    const shown = this.#shown;
    const app = mount(SweepView, {
      target: surface,
      props: {
        get progress() {
          return shown.progress;
        },
        get connected() {
          return shown.connected;
        },
        get theme() {
          return shown.theme;
        },
        request: this.#request,
      },
    });
    this.#stops.push(
      followNotebookTheme(host, (theme) => (shown.theme = theme ?? "light")),
      keepKeys(host),
      () => {
        void unmount(app);
        host.remove();
      },
    );
    model.on("change:progress", this.#take);
    model.on("msg:custom", this.#hear);
    model.on("comm_live_update", this.#ask);
    this.#take();
    this.#ask();
  }

  destroy(): void {
    this.#stopAsking();
    this.model.off("change:progress", this.#take);
    this.model.off("msg:custom", this.#hear);
    this.model.off("comm_live_update", this.#ask);
    for (const stop of this.#stops) stop();
  }

  readonly #request = (kind: SweepRequest["kind"]): void => void send(this.model, { kind } satisfies SweepRequest);

  readonly #take = (): void => {
    this.#shown.progress = parseProgress(this.model.get("progress"));
  };

  /** Asks whether there is a kernel, unless that changes nothing. */
  readonly #ask = (): void => {
    this.#stopAsking();
    const { progress } = this.#shown;
    if (progress === null || isOver(progress)) return;
    this.#timer = setTimeout(() => {
      this.#stopAsking();
      this.#shown.connected = false;
    }, PATIENCE);
    const ping = (): void => this.#request("ping");
    this.#repeat = setInterval(ping, AGAIN);
    ping();
  };

  #stopAsking(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#repeat);
  }

  readonly #hear: TakeMessage = ({ kind }) => {
    if (kind !== "pong") return;
    this.#stopAsking();
    this.#shown.connected = true;
  };
}
