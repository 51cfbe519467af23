import type { Term } from "../protocol/messages";

export class Reading {
  term = $state<Term | "" | null>(null);
  explain(term?: Term): void {
    this.term = term ?? "";
  }
  openLessons(): void {
    this.term = null;
  }
  close(): void {
    this.term = null;
  }
}
