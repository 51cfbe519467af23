// A person's own data in its dialog: the file on its way, what was recognized in it, and what is corrected.

import type {
  AskUnusable,
  BeginUpload,
  ChooseReading,
  DataUsed,
  ForgetData,
  ProblemFact,
  ReadingChoices,
  ReadingFact,
  TableFact,
  UnusableText,
  UploadFact,
  UseData,
} from "../protocol/messages";
import { count } from "../numbers/format";
import { CHUNKS_AHEAD, CHUNK_BYTES, MOST_BYTES, chunkMessage } from "../protocol/uploads";
import * as OWN from "../words/own";

type Intention = AskUnusable | BeginUpload | ChooseReading | ForgetData | UseData;
type Answer = DataUsed | ReadingFact | UnusableText | UploadFact;

/** A file, or a pasted text, with its name; "" for a pasted one. */
export interface OwnFile {
  name: string;
  content: Blob;
}

const LONGEST_NAME = 255;
const MOST_NUMBER = 100_000;

export class OwnData {
  /** Whether the dialog is open. */
  shown = $state(false);
  file = $state.raw<OwnFile | null>(null);
  /** How much of it has arrived. */
  received = $state(0);
  table = $state.raw<TableFact | null>(null);
  problem = $state.raw<ProblemFact | null>(null);
  choices = $state.raw<ReadingChoices>({});
  /** Whether the answer to the latest choices, or to the file, is still to come. */
  waiting = $state(false);
  /** Whether the run is being restarted with the data. */
  using = $state(false);
  /** The file that is in use, with its choices: it can be sent again to change them. */
  used = $state.raw<{ file: OwnFile; choices: ReadingChoices; digest: string } | null>(null);
  /** What was corrected when the dialog was closed without using it. */
  left = $state.raw<{ file: OwnFile; choices: ReadingChoices } | null>(null);
  /** Whether a link waits for the data that it names. */
  wanted = $state(false);
  #upload = 0;
  #request = 0;
  #sent = 0;
  #pumping = false;
  #again = false;
  /** Unusable rows that have come for the download. */
  #rows: string[] | null = null;
  #saveRows: (text: string) => void = () => undefined;

  constructor(
    private readonly send: (message: Intention) => void,
    private readonly sendBytes: (bytes: Uint8Array<ArrayBuffer>) => void,
  ) {}

  /** Opens the dialog where a file is chosen. */
  open = (): void => {
    this.#clear();
    this.shown = true;
  };

  /** Opens the dialog with this file. */
  begin(file: OwnFile, choices: ReadingChoices = {}): void {
    this.#clear();
    this.left = null;
    this.shown = true;
    this.file = file;
    this.choices = choices;
    if (file.content.size > MOST_BYTES) this.#fail(OWN.tooLarge(megabytes(file.content.size), megabytes(MOST_BYTES)));
    else this.#begin();
  }

  /** Opens the dialog with why this cannot be read. */
  refuse(file: OwnFile, sentence: string): void {
    this.#clear();
    this.shown = true;
    this.file = file;
    this.#fail(sentence);
  }

  /** Opens the dialog for a link that names data that the server does not have. */
  want(): void {
    this.open();
    this.wanted = true;
  }

  /** Opens the dialog with the file of the data in use, if it is still here; else where a file is chosen. */
  change(digest: string): void {
    if (this.used?.digest === digest) this.begin(this.used.file, this.used.choices);
    else this.open();
  }

  /** Closes the dialog; the session forgets the file. */
  close = (): void => {
    if (!this.shown) return;
    const sent = this.file !== null;
    this.left = this.file !== null && this.table !== null ? { file: this.file, choices: this.choices } : null;
    this.#clear();
    this.shown = this.wanted = false;
    if (sent) this.send({ type: "forget-data" });
  };

  /** Another file instead. */
  another = (): void => {
    this.send({ type: "forget-data" });
    this.open();
  };

  /** After a new connection: the session has forgotten the file. */
  sendAgain(): void {
    if (this.shown && this.file !== null && this.problem?.place !== "file") this.#begin();
  }

  /** Reads the file with other choices. */
  choose(choices: ReadingChoices): void {
    this.choices = choices;
    this.#request = (this.#request + 1) % MOST_NUMBER;
    this.waiting = true;
    this.send({ type: "choose-reading", upload: this.#upload, request: this.#request, choices });
  }

  /** Restarts the run with the data, and closes the dialog. */
  use = (): void => {
    if (!this.ready || this.using) return;
    this.using = true;
    this.send({ type: "use-data", upload: this.#upload, request: this.#request });
  };

  /** Whether there is something to use. */
  get ready(): boolean {
    return this.table !== null && this.problem === null && !this.waiting;
  }

  /** Fetches all rows that cannot be used, part by part. */
  fetchUnusable(save: (text: string) => void): void {
    this.#rows = [];
    this.#saveRows = save;
    this.send({ type: "ask-unusable", upload: this.#upload, start: 0 });
  }

  take(answer: Answer): void {
    if (answer.upload !== this.#upload || !this.shown) return;
    switch (answer.type) {
      case "upload":
        if (answer.gone) this.#begin();
        else {
          this.received = answer.received;
          void this.#pump();
        }
        break;
      case "reading":
        if (answer.request !== this.#request) return;
        this.waiting = false;
        this.using = false;
        this.problem = answer.problem;
        if (answer.table !== null) this.table = answer.table;
        break;
      case "unusable-text":
        this.#takeRows(answer);
        break;
      case "data-used":
        this.using = false;
        if (answer.refusal === null) {
          if (this.file !== null) this.used = { file: this.file, choices: this.choices, digest: answer.digest };
          this.close();
          this.left = null;
        } else this.problem = { place: "file", sentence: answer.refusal, column: "" };
        break;
    }
  }

  #takeRows(answer: UnusableText): void {
    if (this.#rows === null) return;
    this.#rows.push(answer.text);
    if (answer.following !== null) this.send({ type: "ask-unusable", upload: this.#upload, start: answer.following });
    else {
      this.#saveRows(this.#rows.join(""));
      this.#rows = null;
    }
  }

  #begin(): void {
    const { file } = this;
    if (file === null) return;
    this.#upload = (this.#upload + 1) % MOST_NUMBER;
    this.#request = 0;
    this.#sent = this.received = 0;
    this.problem = null;
    this.waiting = true;
    this.using = false;
    this.#rows = null;
    this.send({
      type: "begin-upload",
      upload: this.#upload,
      name: file.name.slice(-LONGEST_NAME),
      size: file.content.size,
      choices: this.choices,
    });
  }

  /** Sends chunks as long as few are unanswered. */
  async #pump(): Promise<void> {
    if (this.#pumping) {
      this.#again = true;
      return;
    }
    this.#pumping = true;
    const [upload, file] = [this.#upload, this.file];
    const current = (): boolean => upload === this.#upload && file !== null && this.shown;
    try {
      while (
        current() &&
        file !== null &&
        this.#sent < Math.min(file.content.size, this.received + CHUNKS_AHEAD * CHUNK_BYTES)
      ) {
        const start = this.#sent;
        const content = await file.content.slice(start, start + CHUNK_BYTES).arrayBuffer();
        if (!current()) break;
        this.#sent = start + content.byteLength;
        this.sendBytes(chunkMessage(upload, start, content));
        if (content.byteLength === 0) throw new Error("The file has become shorter.");
      }
    } catch {
      // The browser no longer finds the file, or it has changed since it was chosen.
      if (current()) {
        this.send({ type: "forget-data" });
        this.#fail(OWN.notReadable);
      }
    }
    this.#pumping = false;
    if (this.#again) {
      this.#again = false;
      void this.#pump();
    }
  }

  /** There will be no answer. */
  giveUp(reason: string): void {
    this.waiting = this.using = false;
    this.problem = { place: "file", sentence: reason, column: "" };
  }

  #fail(sentence: string): void {
    this.waiting = false;
    this.table = null;
    this.problem = { place: "file", sentence, column: "" };
  }

  #clear(): void {
    this.#upload = (this.#upload + 1) % MOST_NUMBER;
    this.file = this.table = this.problem = null;
    this.received = 0;
    this.choices = {};
    this.waiting = this.using = false;
    this.#rows = null;
  }
}

function megabytes(bytes: number): string {
  return count(Math.round(bytes / 1e6));
}
