import { beforeEach, describe, expect, it } from "vitest";
import type { FromPage, LessonFact, LessonProgress, State, StepFact } from "../protocol/messages";
import { Lessons } from "./lessons.svelte";
import { type KeptPreferences, Preferences, lessonsFrom } from "./preferences.svelte";

const ENTRIES = [
  { name: "first", title: "First steps", minutes: 10, steps: 3 },
  { name: "second", title: "Your move", minutes: 15, steps: 2 },
];

function step(has_goal: boolean): StepFact {
  return { title: "A step", text: [], hint: [], question: [], answers: [], has_goal, highlights: [] };
}

/** A lesson of a step with a goal, one that is only read, and another with a goal. */
function lesson(name = "first", steps = [step(true), step(false), step(true)]): LessonFact {
  return { type: "lesson", name, title: name, minutes: 5, author: "Ada", language: "en", steps, problem: "" };
}

function progress(at: number, met = false, name = "first"): LessonProgress {
  return { type: "lesson-progress", lesson: name, step: at, met, rows: [], answer: null };
}

let sent: FromPage[];
let kept: KeptPreferences[];
let preferences: Preferences;
let lessons: Lessons;

function begin(): void {
  sent = [];
  lessons = new Lessons((message) => sent.push(message), preferences);
  lessons.entries = ENTRIES;
}

beforeEach(() => {
  kept = [];
  preferences = new Preferences((now) => kept.push(now));
  begin();
});

describe("an open lesson", () => {
  it("has a present step once the session has said which", () => {
    lessons.take(lesson());
    expect([lessons.progress, lessons.at]).toEqual([null, 0]);
    lessons.take(progress(2));
    expect([lessons.at, lessons.isLast, lessons.following?.name]).toEqual([2, true, "second"]);
  });

  it("takes nothing of what is said about another one", () => {
    lessons.take(lesson());
    lessons.take(progress(2, true, "second"));
    expect([lessons.progress, lessons.at]).toEqual([null, 0]);
  });

  it("stays within its steps when its author has removed some", () => {
    lessons.take(lesson());
    lessons.take(progress(2));
    lessons.take(lesson("first", [step(true)]));
    expect([lessons.at, lessons.step?.has_goal]).toEqual([0, true]);
  });

  it("is gone when the session says that there is none", () => {
    lessons.take(lesson());
    lessons.take(progress(1));
    lessons.take(lesson(""));
    expect([lessons.lesson, lessons.progress, lessons.step]).toEqual([null, null, null]);
  });

  it("is gone when the session begins again without one, and not while it has one", () => {
    lessons.take(lesson());
    lessons.settle({ view: { lesson: "first" } } as State);
    expect(lessons.lesson?.name).toBe("first");
    lessons.settle({ view: { lesson: "" } } as State);
    expect(lessons.lesson).toBeNull();
  });

  it("is left, answered and walked through by intentions", () => {
    lessons.take(lesson());
    lessons.take(progress(1));
    lessons.previous();
    lessons.next();
    lessons.goTo(0);
    lessons.answer(1);
    lessons.leave();
    expect(sent).toEqual([
      { type: "go-to-step", step: 0 },
      { type: "go-to-step", step: 2 },
      { type: "go-to-step", step: 0 },
      { type: "answer", choice: 1 },
      { type: "leave-lesson" },
    ]);
  });

  it("says once that a step was come to by hand, and not that one began again", () => {
    lessons.take(lesson());
    lessons.take(progress(0));
    expect(lessons.takeWalk()).toBe(false);
    lessons.next();
    expect([lessons.takeWalk(), lessons.takeWalk()]).toEqual([true, false]);
    lessons.goTo(0);
    expect(lessons.takeWalk()).toBe(false);
  });
});

describe("a step", () => {
  const done = (): readonly number[] => lessons.kept("first").done;

  it("with a goal is done when it is met, and stays done when it begins again", () => {
    lessons.take(lesson());
    lessons.take(progress(0));
    lessons.next();
    expect([done(), lessons.ready]).toEqual([[], false]);
    lessons.take(progress(0, true));
    expect([done(), lessons.ready]).toEqual([[0], true]);
    lessons.take(progress(0));
    expect([lessons.isDone(0), lessons.ready]).toEqual([true, false]);
  });

  it("without a goal is done when the person continues, and not when they jump", () => {
    lessons.take(lesson());
    lessons.take(progress(1));
    expect([done(), lessons.ready]).toEqual([[], true]);
    lessons.goTo(0);
    expect(done()).toEqual([]);
    lessons.next();
    expect(done()).toEqual([1]);
  });
});

describe("what is kept of a lesson", () => {
  it("is its last step and the steps that are done", () => {
    lessons.take(lesson());
    lessons.take(progress(0, true));
    lessons.take(progress(1));
    expect(kept.at(-1)?.lessons).toEqual([{ name: "first", step: 1, done: [0], finished: false }]);
  });

  it("is written only when it changes, though progress comes a few times a second", () => {
    lessons.take(lesson());
    lessons.take(progress(0));
    lessons.take(progress(0, true));
    const times = kept.length;
    for (let i = 0; i < 5; i++) lessons.take(progress(0, true));
    expect([times, kept.length]).toEqual([2, 2]);
  });

  it("takes the lesson up another day, where it was left", () => {
    lessons.take(lesson());
    lessons.take(progress(0, true));
    lessons.take(progress(1));
    begin();
    lessons.open("first");
    lessons.open("second");
    lessons.open("first", 0);
    expect(sent).toEqual([
      { type: "open-lesson", name: "first", step: 1 },
      { type: "open-lesson", name: "second", step: 0 },
      { type: "open-lesson", name: "first", step: 0 },
    ]);
    expect(ENTRIES.map((entry) => lessons.countDone(entry))).toEqual([1, 0]);
  });

  it("of a finished lesson begins again, and says that it was finished until it is under way", () => {
    const [entry] = ENTRIES as [(typeof ENTRIES)[0]];
    lessons.take(lesson());
    for (const [at, met] of [
      [0, true],
      [1, false],
    ] as const)
      lessons.take(progress(at, met));
    lessons.next();
    expect(lessons.isFinished(entry)).toBe(false);
    lessons.take(progress(2, true));
    expect(lessons.isFinished(entry)).toBe(true);
    lessons.open("first");
    expect(sent.at(-1)).toEqual({ type: "open-lesson", name: "first", step: 0 });
    expect([lessons.countDone(entry), lessons.isFinished(entry)]).toEqual([0, true]);
    lessons.take(progress(0, true));
    expect([lessons.countDone(entry), lessons.isFinished(entry)]).toEqual([1, false]);
  });

  it("counts a last step that is only read when the lesson is finished", () => {
    lessons.take(lesson("second", [step(true), step(false)]));
    lessons.take(progress(0, true, "second"));
    lessons.take(progress(1, false, "second"));
    lessons.finish(null);
    expect([lessons.kept("second").finished, sent.at(-1)]).toEqual([true, { type: "leave-lesson" }]);
    lessons.finish(ENTRIES[0] ?? null);
    expect(sent.at(-1)).toEqual({ type: "open-lesson", name: "first", step: 0 });
  });

  it("is read from a browser only as far as it makes sense", () => {
    const good = { name: "first", step: 2, done: [0, 1], finished: false };
    expect(lessonsFrom([good])).toEqual([good]);
    expect(lessonsFrom([{ ...good, done: [1, 0, 1, -1, "2", 0.5], finished: "yes" }])).toEqual([good]);
    for (const wrong of [null, 7, "text", {}, [null, 5, [], { ...good, step: -1 }, { ...good, name: 3 }]])
      expect(lessonsFrom(wrong)).toEqual([]);
    expect(
      lessonsFrom([
        { ...good, step: 1e9 },
        { ...good, done: "0" },
        { ...good, name: "" },
      ]),
    ).toEqual([]);
  });
});
