// The lessons that can be opened, the open one, and how far the person has come in each of them.

import type { FromPage, LessonEntry, LessonFact, LessonProgress, State, StepFact, ToPage } from "../protocol/messages";
import type { KeptLesson, Preferences } from "./preferences.svelte";

const NEW: Omit<KeptLesson, "name"> = { step: 0, done: [], finished: false };

export class Lessons {
  entries = $state.raw<readonly LessonEntry[]>([]);
  /** The open lesson; null where there is none. */
  lesson = $state.raw<LessonFact | null>(null);
  #latest = $state.raw<LessonProgress | null>(null);
  /** Where the person is; null until the session has said so about the open lesson. */
  readonly progress: LessonProgress | null = $derived(
    this.lesson !== null && this.#latest?.lesson === this.lesson.name ? this.#latest : null,
  );
  /** The present step, from 0. */
  readonly at: number = $derived(Math.max(0, Math.min(this.progress?.step ?? 0, (this.lesson?.steps.length ?? 1) - 1)));
  readonly step: StepFact | null = $derived(this.lesson?.steps[this.at] ?? null);
  readonly isLast: boolean = $derived(this.lesson !== null && this.at === this.lesson.steps.length - 1);
  /** Whether there is nothing left to do here: the goal is met, or there is none. */
  readonly ready: boolean = $derived(this.step !== null && (!this.step.has_goal || this.progress?.met === true));
  /** The lesson after the open one. */
  readonly following: LessonEntry | null = $derived.by(() => {
    const place = this.entries.findIndex(({ name }) => name === this.lesson?.name);
    return place < 0 ? null : (this.entries[place + 1] ?? null);
  });
  #walked = false;

  constructor(
    private readonly send: (message: FromPage) => void,
    private readonly preferences: Preferences,
  ) {}

  take(message: Extract<ToPage, { type: "lesson" | "lesson-progress" }>): void {
    if (message.type === "lesson") this.#show(message.name === "" ? null : message);
    else this.#latest = message;
    const { lesson, progress } = this;
    if (lesson === null || progress === null) return;
    const kept = this.kept(lesson.name);
    if (kept.step !== this.at || !this.preferences.hasLesson(lesson.name)) this.#keep({ ...kept, step: this.at });
    if (progress.met && this.step?.has_goal === true) this.#done();
  }

  /** A new State: a session that was lost and begins again has no lesson, and sends none. */
  settle(state: State): void {
    if (state.view.lesson === "") this.#show(null);
  }

  #show(lesson: LessonFact | null): void {
    // What was reached when it was open before says nothing about now.
    if (lesson?.name !== this.lesson?.name) this.#latest = null;
    this.lesson = lesson;
  }

  // --- How far ------------------------------------------------------------------

  /** What is kept about a lesson, at its beginning where nothing is. */
  kept(name: string): KeptLesson {
    return this.preferences.lessons.find((lesson) => lesson.name === name) ?? { ...NEW, name };
  }

  /** Whether this step of the open lesson is done. */
  isDone(step: number): boolean {
    return this.lesson !== null && this.kept(this.lesson.name).done.includes(step);
  }

  /** How many steps of a lesson are done; its author may have removed some. */
  countDone({ name, steps }: LessonEntry): number {
    return this.kept(name).done.filter((step) => step < steps).length;
  }

  /** Whether a lesson was finished, and is not under way again. */
  isFinished(entry: LessonEntry): boolean {
    const done = this.countDone(entry);
    return this.kept(entry.name).finished && (done === 0 || done >= entry.steps);
  }

  /** Whether the present step was come to by what the person did here: asked once for each. */
  takeWalk(): boolean {
    const walked = this.#walked;
    this.#walked = false;
    return walked;
  }

  // --- Intentions ---------------------------------------------------------------

  /** Opens a lesson where it was left; one that is finished begins again. */
  open(name: string, step?: number): void {
    const kept = this.kept(name);
    const entry = this.entries.find((one) => one.name === name);
    const again = entry !== undefined && this.isFinished(entry);
    if (again) this.#keep({ ...kept, step: 0, done: [] });
    this.#walked = true;
    this.send({ type: "open-lesson", name, step: step ?? (again ? 0 : kept.step) });
  }

  /** Goes to a step; the present one begins again. */
  goTo(step: number): void {
    this.#walked = step !== this.at;
    this.send({ type: "go-to-step", step });
  }

  /** Goes to a step that was chosen from a list: the focus stays there, for a person who walks through it by keys. */
  jump(step: number): void {
    this.goTo(step);
    this.#walked = false;
  }

  next(): void {
    this.#pass();
    if (!this.isLast) this.goTo(this.at + 1);
  }

  previous(): void {
    if (this.at > 0) this.goTo(this.at - 1);
  }

  answer(choice: number): void {
    this.send({ type: "answer", choice });
  }

  leave(): void {
    if (this.lesson !== null) this.send({ type: "leave-lesson" });
  }

  /** Leaves the last step for the lesson after this one, or for none. */
  finish(following: LessonEntry | null): void {
    this.#pass();
    if (following === null) this.leave();
    else this.open(following.name);
  }

  /** The person leaves this step for the next: one that is only read is done by that. */
  #pass(): void {
    if (this.step?.has_goal === false) this.#done();
  }

  #done(): void {
    if (this.lesson === null) return;
    const kept = this.kept(this.lesson.name);
    if (kept.done.includes(this.at)) return;
    const done = [...kept.done, this.at].sort((a, b) => a - b);
    const all = this.lesson.steps.every((_, step) => done.includes(step));
    this.#keep({ ...kept, step: this.at, done, finished: kept.finished || all });
  }

  #keep(lesson: KeptLesson): void {
    this.preferences.keepLesson(lesson);
  }
}
