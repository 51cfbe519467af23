// The entry of the widget, which every saved notebook contains: it shows the last picture, and the page once a kernel answers.

import type { Theme } from "../color/ink";
import { followNotebookTheme } from "../shell/notebook-theme";
import { type Model, type TakeMessage, commTransport, send } from "./comm";
import { loadPage } from "./load-page";
import { loadStill } from "./load-still";
import { followSight } from "../shell/sight";
import * as NOTEBOOK from "../words/notebook";

/** A kernel that does not answer within this time, in milliseconds, is busy or not there. */
const PATIENCE = 3000;
/** Between two questions, in milliseconds. JupyterLab opens a way around a busy cell while the first is on its way. */
const AGAIN = 500;

interface Given {
  model: Model;
  el: HTMLElement;
}

function render({ model, el }: Given): () => void {
  const view = new View(model, el);
  return () => view.destroy();
}

export default { render };

/** One view of a widget. */
class View {
  readonly #picture: HTMLElement;
  readonly #surface: HTMLElement;
  readonly #stops: (() => void)[] = [];
  #page: { destroy(): void } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #repeat: ReturnType<typeof setInterval> | undefined;
  #theme: Theme = "light";
  #note = "";
  /** Ends the picture that is shown. */
  #still: () => void = () => undefined;
  /** How often a picture was asked for: only the newest is shown. */
  #turn = 0;
  #gone = false;

  constructor(
    private readonly model: Model,
    private readonly el: HTMLElement,
  ) {
    this.#picture = el.ownerDocument.createElement("div");
    const root = this.#picture.attachShadow({ mode: "open" });
    this.#surface = el.ownerDocument.createElement("div");
    this.#surface.style.cssText = "all:initial;direction:ltr;display:block";
    root.append(this.#surface);
    el.append(this.#picture);
    this.#stops.push(
      followNotebookTheme(el, (theme) => {
        this.#theme = theme ?? "light";
        this.#draw();
      }),
    );
    model.on("msg:custom", this.#take);
    model.on("change:_saved", this.#draw);
    model.on("comm_live_update", this.#ask);
    this.#ask();
  }

  destroy(): void {
    this.#gone = true;
    this.#stopAsking();
    this.model.off("msg:custom", this.#take);
    this.model.off("change:_saved", this.#draw);
    this.model.off("comm_live_update", this.#ask);
    for (const stop of this.#stops) stop();
    this.#still();
    this.#close();
    this.#picture.remove();
  }

  /** Asks whether there is a kernel; where none answers, the picture stays. */
  readonly #ask = (): void => {
    this.#stopAsking();
    this.#timer = setTimeout(() => {
      this.#stopAsking();
      this.#close();
      this.#say(NOTEBOOK.runCell);
    }, PATIENCE);
    const ping = (): void => void send(this.model, { kind: "ping" });
    this.#repeat = setInterval(ping, AGAIN);
    ping();
  };

  #stopAsking(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#repeat);
  }

  readonly #take: TakeMessage = ({ kind, digest }) => {
    if (kind !== "pong" || digest === undefined) return;
    this.#stopAsking();
    void loadPage(this.model, digest).then(
      ({ open }) => {
        if (this.#gone || this.#page !== null) return;
        this.#picture.style.setProperty("display", "none", "important");
        this.#page = open(
          this.el,
          commTransport(this.model, (seen) => followSight(this.el, seen)),
        );
      },
      () => this.#say(NOTEBOOK.tooOld),
    );
  };

  #close(): void {
    this.#page?.destroy();
    this.#page = null;
    this.#picture.style.removeProperty("display");
  }

  #say(note: string): void {
    this.#note = note;
    this.#draw();
  }

  readonly #draw = (): void => void this.#drawStill();

  async #drawStill(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { parseSaved, showStill } = await loadStill();
      const saved = await parseSaved(this.model.get("_saved"));
      if (turn !== this.#turn) return;
      this.#still();
      if (this.#page !== null || this.#gone) return;
      this.#still = showStill(this.#surface, saved, this.#theme, this.#note);
    } catch {
      this.#surface.textContent = this.#note;
    }
  }
}
