/** Answers many questions at once; a question without an answer is not in the map. */
export type LookUp<Answer> = (questions: readonly string[]) => Promise<ReadonlyMap<string, Answer>>;

interface Round<Answer> {
  readonly questions: Set<string>;
  readonly answers: Promise<ReadonlyMap<string, Answer>>;
}

/**
 * Puts the questions of many into few look-ups. One look-up runs at a time; whoever asks while it runs waits for the next one, so
 * that an answer is never older than its question. What was acknowledged before somebody asked, on whichever node, is in it
 * (rule R5).
 */
export class Rounds<Answer> {
  readonly #lookUp: LookUp<Answer>;
  readonly #most: number;
  #last: Promise<unknown> = Promise.resolve();
  /** Has not begun yet: still takes more questions. */
  #next: Round<Answer> | undefined;

  /** `most`: questions in one look-up. */
  constructor(lookUp: LookUp<Answer>, most: number) {
    this.#lookUp = lookUp;
    this.#most = most;
  }

  async ask(question: string): Promise<Answer | undefined> {
    const round = this.#next ?? this.#open();
    round.questions.add(question);
    if (round.questions.size >= this.#most) this.#next = undefined;
    return (await round.answers).get(question);
  }

  #open(): Round<Answer> {
    const questions = new Set<string>();
    const answers = this.#last.then(() => {
      if (this.#next === round) this.#next = undefined;
      return this.#lookUp([...questions]);
    });
    const round: Round<Answer> = { questions, answers };
    this.#next = round;
    // A look-up that failed is told to those who asked, and the next one begins.
    this.#last = answers.catch(() => undefined);
    return round;
  }
}
