import { Buffer } from "node:buffer";
import { Failure } from "../failure.ts";

/**
 * A piece of an SQL script. Texts are kept one character per byte, whatever the script's encoding, and no piece
 * loses a line: so a script can be taken apart, changed and put together again without harm.
 */
export type Piece =
  | { kind: "statement"; text: string; line: number }
  /** Lines after `COPY … FROM stdin`, up to and with the one that ends them. */
  | { kind: "data"; text: string }
  /** A psql command, such as \restrict, alone on its line. */
  | { kind: "command"; text: string; line: number };

/** Takes a plain dump apart, as psql would: quotes, comments, COPY data, function bodies. */
export async function* pieces(file: string): AsyncGenerator<Piece> {
  const splitter = new Splitter();
  for await (const line of lines(file)) yield* splitter.feed(line);
  yield* splitter.end();
}

export const encode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

/** A name or a message out of a piece, as the characters that it stands for. */
export const decode = (text: string): string => Buffer.from(text, "latin1").toString("utf8");

async function* lines(file: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of (await Deno.open(file)).readable) {
    const found = (rest + Buffer.from(chunk).toString("latin1")).split("\n");
    rest = found.pop()!;
    for (const line of found) yield line + "\n";
  }
  if (rest) yield rest;
}

const copyFromStdin = /^\s*COPY\s.*\sFROM\s+stdin\b[^;]*;\s*$/is;
const routine = /^\s*CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\b/i;
/** Everything at which the reading of plain SQL changes. */
const turn =
  /--|\/\*|\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$|[eE]?'|"|[;()\\]|[A-Za-z_\x80-\xff][\w$\x80-\xff]*/g;

class Splitter {
  #text = "";
  #began = 1;
  #line = 0;
  #inCopy = false;
  /** What ends the quote or comment that we are in. */
  #until?: "'" | "e'" | '"' | "*/" | `$${string}$`;
  #comments = 0;
  #parentheses = 0;
  /** Depth of BEGIN and CASE in a body that is written in plain SQL. */
  #blocks = 0;
  #head = "";

  *feed(line: string): Generator<Piece> {
    this.#line++;
    if (this.#inCopy) {
      yield { kind: "data", text: line };
      if (/^\\\.\r?\n?$/.test(line)) this.#inCopy = false;
      return;
    }
    let at = 0;
    let kept = 0;
    while (at < line.length) {
      if (this.#until) {
        at = this.#leaveQuote(line, at);
        continue;
      }
      turn.lastIndex = at;
      const found = turn.exec(line);
      if (!found) break;
      const token = found[0];
      at = found.index + token.length;
      if (token === "--") break;
      if (token === "\\") {
        const before = this.#text + line.slice(kept, found.index);
        if (withoutComments(before) !== "") {
          throw new Failure(`Line ${this.#line} of the dump has a psql command inside a statement.`);
        }
        if (before) yield { kind: "statement", text: before, line: this.#began };
        yield { kind: "command", text: line.slice(found.index), line: this.#line };
        this.#text = "";
        return;
      }
      this.#turn(token);
      if (token === ";" && this.#parentheses === 0 && this.#blocks === 0) {
        this.#text += line.slice(kept, at);
        kept = at;
        yield* this.#statement();
        if (this.#inCopy) {
          yield { kind: "data", text: line.slice(kept) };
          return;
        }
      }
    }
    if (this.#text === "") this.#began = this.#line;
    this.#text += line.slice(kept);
  }

  *end(): Generator<Piece> {
    if (this.#text.trim() !== "") yield* this.#statement();
  }

  *#statement(): Generator<Piece> {
    const text = this.#text;
    yield { kind: "statement", text, line: this.#began };
    this.#inCopy = copyFromStdin.test(withoutComments(text));
    this.#text = "";
    this.#head = "";
    this.#parentheses = 0;
    this.#began = this.#line;
  }

  #turn(token: string): void {
    if (token === "(") this.#parentheses++;
    else if (token === ")") this.#parentheses = Math.max(0, this.#parentheses - 1);
    else if (token === "/*") this.#until = "*/", this.#comments = 1;
    else if (token === '"') this.#until = '"';
    else if (token === "'") this.#until = "'";
    else if (token === "e'" || token === "E'") this.#until = "e'";
    else if (token.startsWith("$")) this.#until = token as `$${string}$`;
    else if (token !== ";") this.#word(token.toUpperCase());
  }

  /** Semicolons between BEGIN ATOMIC and its END belong to the body of a routine. */
  #word(word: string): void {
    if (this.#head.length < 200) this.#head += ` ${word}`;
    if (!routine.test(this.#head)) return;
    if (word === "ATOMIC" || (word === "CASE" && this.#blocks > 0)) this.#blocks++;
    else if (word === "END" && this.#blocks > 0) this.#blocks--;
  }

  /** Goes to the end of the quote or comment, or of the line. */
  #leaveQuote(line: string, at: number): number {
    const until = this.#until!;
    if (until === "*/") {
      const mark = /\/\*|\*\//g;
      mark.lastIndex = at;
      const found = mark.exec(line);
      if (!found) return line.length;
      this.#comments += found[0] === "/*" ? 1 : -1;
      if (this.#comments === 0) this.#until = undefined;
      return found.index + 2;
    }
    if (until === "e'") {
      const mark = /\\.|''|'/gs;
      mark.lastIndex = at;
      for (let found = mark.exec(line); found; found = mark.exec(line)) {
        if (found[0] !== "'") continue;
        this.#until = undefined;
        return found.index + 1;
      }
      return line.length;
    }
    const end = line.indexOf(until, at);
    if (end < 0) return line.length;
    // A doubled quote inside a quote ends it and begins it again at once: the same to us.
    this.#until = undefined;
    return end + until.length;
  }
}

/** A statement without the comments before it. */
export function withoutComments(text: string): string {
  return text.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "");
}
