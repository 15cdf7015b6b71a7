import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * What a name may stand for, one map per possibility. Names that are taken from one declaration together
 * (`const { table, key } = TABLES[kind]`) vary together.
 */
type Bindings = ReadonlyMap<string, string>;

/**
 * Every text that a string or template expression can come to, as far as constants of its own file and of those it
 * imports tell; undefined where a part of it is known only at run time.
 *
 * Understood are literals, templates, `+`, `? :` (both sides, except that a comparison with a dialect is decided for
 * Keyspaces), constants, and entries of constant tables taken apart by destructuring.
 */
export function constantTexts(expression: ts.Expression): string[] | undefined {
  const choices = choicesOf(expression);
  if (choices === undefined) return undefined;
  const texts = combinations(choices).map((bindings) => textOf(expression, bindings));
  return texts.every((text) => text !== undefined) ? [...new Set(texts)] : undefined;
}

function textOf(expression: ts.Expression, bindings: Bindings): string | undefined {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) {
    return textOf(expression.expression, bindings);
  }
  if (ts.isTemplateExpression(expression)) {
    let text = expression.head.text;
    for (const span of expression.templateSpans) {
      const part = textOf(span.expression, bindings);
      if (part === undefined) return undefined;
      text += part + span.literal.text;
    }
    return text;
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = textOf(expression.left, bindings);
    const right = textOf(expression.right, bindings);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (ts.isNumericLiteral(expression)) return expression.text;
  return bindings.get(keyOf(expression));
}

/** Names and conditions of the expression, each with what it may stand for. */
function choicesOf(expression: ts.Expression): Map<ts.Node, Bindings[]> | undefined {
  const choices = new Map<ts.Node, Bindings[]>();
  const visit = (node: ts.Expression): boolean => {
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return visit(node.expression);
    if (ts.isTemplateExpression(node)) return node.templateSpans.every((span) => visit(span.expression));
    if (ts.isBinaryExpression(node)) return visit(node.left) && visit(node.right);
    const found = ts.isIdentifier(node) ? namedChoice(node) : conditionalChoice(node);
    if (found === undefined) return false;
    choices.set(found.source, found.possibilities);
    return true;
  };
  return visit(expression) ? choices : undefined;
}

interface Choice {
  readonly source: ts.Node;
  readonly possibilities: Bindings[];
}

function conditionalChoice(node: ts.Expression): Choice | undefined {
  if (!ts.isConditionalExpression(node)) return undefined;
  const dialect = /(===|!==)\s*'(keyspaces|cassandra)'/.exec(node.condition.getText());
  const keyspacesSide = dialect && (dialect[1] === '===') === (dialect[2] === 'keyspaces');
  const sides = dialect ? [keyspacesSide ? node.whenTrue : node.whenFalse] : [node.whenTrue, node.whenFalse];
  const texts = sides.map((side) => constantTexts(side));
  if (texts.some((side) => side === undefined)) return undefined;
  const key = keyOf(node);
  return {
    source: node,
    possibilities: texts.flatMap((side) => side ?? []).map((text) => new Map([[key, text]])),
  };
}

function namedChoice(name: ts.Identifier): Choice | undefined {
  const declaration = declarationOf(name);
  if (declaration?.initializer === undefined) return undefined;
  if (ts.isIdentifier(declaration.name)) {
    const texts = constantTexts(declaration.initializer);
    return texts && { source: declaration, possibilities: texts.map((text) => new Map([[name.text, text]])) };
  }
  const entries = tableEntries(declaration.initializer);
  return entries && { source: declaration, possibilities: entries };
}

/** `TABLE[key]` of a constant object of objects: one possibility for each of its entries. */
function tableEntries(initializer: ts.Expression): Bindings[] | undefined {
  if (!ts.isElementAccessExpression(initializer) || !ts.isIdentifier(initializer.expression))
    return undefined;
  const table = declarationOf(initializer.expression)?.initializer;
  const literal = table && ts.isAsExpression(table) ? table.expression : table;
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  return literal.properties.map((entry) => {
    const fields = new Map<string, string>();
    if (ts.isPropertyAssignment(entry) && ts.isObjectLiteralExpression(entry.initializer)) {
      for (const field of entry.initializer.properties) {
        if (ts.isPropertyAssignment(field) && ts.isStringLiteralLike(field.initializer)) {
          fields.set(field.name.getText(), field.initializer.text);
        }
      }
    }
    return fields;
  });
}

/** The constant that a name stands for, in the nearest block around it. */
function declarationOf(name: ts.Identifier, from: ts.Node = name.parent): ts.VariableDeclaration | undefined {
  for (let block: ts.Node | undefined = from; block !== undefined; block = block.parent) {
    if (!ts.isSourceFile(block) && !ts.isBlock(block)) continue;
    for (const statement of block.statements) {
      if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const))
        continue;
      const found = statement.declarationList.declarations.find((declaration) =>
        declares(declaration, name.text),
      );
      if (found !== undefined) return found;
    }
    if (ts.isSourceFile(block)) return importedDeclaration(name.text, block);
  }
  return undefined;
}

/** The exported constant behind `import { name } from './file.ts'`. */
function importedDeclaration(name: string, file: ts.SourceFile): ts.VariableDeclaration | undefined {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const path = statement.moduleSpecifier.text;
    const bindings = statement.importClause?.namedBindings;
    if (!path.startsWith('.') || !bindings || !ts.isNamedImports(bindings)) continue;
    const binding = bindings.elements.find((element) => element.name.text === name);
    if (binding === undefined) continue;
    const imported = parse(join(dirname(file.fileName), path));
    const exported = ts.factory.createIdentifier((binding.propertyName ?? binding.name).text);
    return declarationOf(exported, imported);
  }
  return undefined;
}

const parsed = new Map<string, ts.SourceFile>();

function parse(path: string): ts.SourceFile {
  const file =
    parsed.get(path) ?? ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  parsed.set(path, file);
  return file;
}

function declares({ name }: ts.VariableDeclaration, wanted: string): boolean {
  if (ts.isIdentifier(name)) return name.text === wanted;
  return name.elements.some((element) => ts.isBindingElement(element) && element.name.getText() === wanted);
}

const keyOf = (node: ts.Node): string => (ts.isIdentifier(node) ? node.text : `at ${node.pos}`);

function combinations(choices: ReadonlyMap<ts.Node, Bindings[]>): Bindings[] {
  let all: Bindings[] = [new Map()];
  for (const possibilities of choices.values()) {
    all = all.flatMap((bindings) => possibilities.map((more) => new Map([...bindings, ...more])));
  }
  return all;
}
