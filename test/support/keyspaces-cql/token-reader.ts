export interface Token {
  /** `word`: keyword or name; `marker`: a bind marker; `end`: after the last token. */
  readonly kind: 'word' | 'number' | 'string' | 'marker' | 'sign' | 'end';
  /** As written, except that unquoted words are in lower case: CQL does not tell cases apart. */
  readonly text: string;
}

const PATTERN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<string>'(?:[^']|'')*')|"(?<quoted>(?:[^"]|"")*)"|(?<word>[a-z_][a-z0-9_]*)|(?<number>-?\d+(?:\.\d+)?)|(?<marker>\?|:[a-z_][a-z0-9_]*)|(?<sign><=|>=|!=|[-+*/(),.;=<>{}[\]:])/giy;

function tokenize(cql: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < cql.length) {
    const at = PATTERN.lastIndex;
    const groups = PATTERN.exec(cql)?.groups;
    if (groups === undefined) throw new SyntaxError(`cannot be read from "${cql.slice(at, at + 20)}" on`);
    if (groups.string !== undefined) tokens.push({ kind: 'string', text: groups.string });
    else if (groups.quoted !== undefined) tokens.push({ kind: 'word', text: groups.quoted });
    else if (groups.word !== undefined) tokens.push({ kind: 'word', text: groups.word.toLowerCase() });
    else if (groups.number !== undefined) tokens.push({ kind: 'number', text: groups.number });
    else if (groups.marker !== undefined) tokens.push({ kind: 'marker', text: groups.marker });
    else if (groups.sign !== undefined) tokens.push({ kind: 'sign', text: groups.sign });
  }
  return tokens;
}

const END: Token = { kind: 'end', text: 'the end' };

/** Reads the tokens of one CQL text from left to right. Throws SyntaxError where the text is not what was asked for. */
export class TokenReader {
  readonly #tokens: Token[];
  #at = 0;

  constructor(cql: string) {
    this.#tokens = tokenize(cql);
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Whether these words or signs come next. */
  sees(...texts: string[]): boolean {
    return texts.every((text, i) => this.peek(i).kind !== 'string' && this.peek(i).text === text);
  }

  /** Takes these words or signs if they come next. */
  take(...texts: string[]): boolean {
    if (!this.sees(...texts)) return false;
    this.#at += texts.length;
    return true;
  }

  expect(...texts: string[]): void {
    if (!this.take(...texts))
      throw new SyntaxError(`expected ${texts.join(' ').toUpperCase()}, found ${this.peek().text}`);
  }

  /** A name of a table or column, with its keyspace or without. */
  name(): string {
    const token = this.next();
    if (token.kind !== 'word') throw new SyntaxError(`expected a name, found ${token.text}`);
    return this.take('.') ? `${token.text}.${this.name()}` : token.text;
  }

  /** `item (',' item)*` */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.take(',')) items.push(item());
    return items;
  }

  /** Everything between this bracket and its partner, both left out. */
  bracketed(open = '(', close = ')'): Token[] {
    this.expect(open);
    const inside: Token[] = [];
    for (let depth = 1; ; ) {
      const token = this.next();
      if (token.kind === 'end') throw new SyntaxError(`a ${open} is never closed`);
      if (token.kind === 'sign' && token.text === open) depth += 1;
      if (token.kind === 'sign' && token.text === close) depth -= 1;
      if (depth === 0) return inside;
      inside.push(token);
    }
  }

  atEnd(): boolean {
    return this.peek().kind === 'end';
  }
}
