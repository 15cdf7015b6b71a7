import ts from 'typescript';
import { constantTexts } from './constant-text.ts';

/** A piece of CQL in a source file. */
export interface CollectedCql {
  /** `path:line` */
  readonly place: string;
  /** Every text that it can come to; undefined where that is known only at run time. */
  readonly texts: readonly string[] | undefined;
  /** A statement from its first word on, or a clause that is put behind one. */
  readonly kind: 'statement' | 'fragment';
}

const STATEMENT =
  /^\s*(?:SELECT\s[\s\S]*\bFROM\b|INSERT\s+INTO\b|UPDATE\s[\s\S]*\bSET\b|DELETE\s[\s\S]*\bFROM\b|DELETE\s+FROM\b|BEGIN\s[\s\S]*BATCH\b|(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:CUSTOM\s+)?(?:KEYSPACE|TABLE|TYPE|INDEX|MATERIALIZED|FUNCTION|AGGREGATE|TRIGGER|ROLE|USER)\b|TRUNCATE\s|GRANT\s|REVOKE\s)/i;
const FRAGMENT =
  /\b(?:USING (?:TTL|TIMESTAMP)|ALLOW FILTERING|IF NOT EXISTS|IF EXISTS|PER PARTITION LIMIT|ORDER BY|APPLY BATCH)\b/;

/** Finds every CQL statement and clause among the string and template literals of a source text. */
export function collectCql(path: string, source: string): CollectedCql[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: CollectedCql[] = [];
  const visit = (node: ts.Node): void => {
    const kind = isText(node) ? kindOf(writtenText(node)) : undefined;
    if (!isText(node) || kind === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ place: `${path}:${line}`, texts: constantTexts(node), kind });
  };
  visit(file);
  return found;
}

type TextNode = ts.StringLiteralLike | ts.TemplateExpression | ts.BinaryExpression;

function isText(node: ts.Node): node is TextNode {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
}

function kindOf(text: string): CollectedCql['kind'] | undefined {
  if (STATEMENT.test(text)) return 'statement';
  return FRAGMENT.test(text) ? 'fragment' : undefined;
}

/** As it stands in the source, a name standing for each part that is none of these. */
function writtenText(node: ts.Expression): string {
  if (!isText(node)) return 'part';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node)) return writtenText(node.left) + writtenText(node.right);
  return (
    node.head.text +
    node.templateSpans.map((span) => writtenText(span.expression) + span.literal.text).join('')
  );
}
