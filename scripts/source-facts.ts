import ts from 'typescript';

export interface ImportFact {
  readonly specifier: string;
  readonly line: number;
  /** Erased before the program runs. */
  readonly isTypeOnly: boolean;
  /** The values imported by name; `*` for a namespace, a side effect, a require or an import(). */
  readonly names: readonly string[];
}

export interface GlobalFact {
  /** As written: `fetch`, `Date.now`, `process.env.HOME`, `new Date()`. A member of `globalThis` goes by its own name. */
  readonly name: string;
  readonly line: number;
}

export interface SourceFacts {
  readonly imports: readonly ImportFact[];
  readonly globals: readonly GlobalFact[];
}

const globalObjects = new Set(['globalThis', 'window', 'self', 'global']);

/** Reads what a source imports, and which of the watched globals it uses (not: locals of the same name). */
export function readSourceFacts(path: string, source: string, watched: ReadonlySet<string>): SourceFacts {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const imports: ImportFact[] = [];
  const globals: GlobalFact[] = [];
  const isGlobal = createGlobalTest(file);
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;

  /** The global an expression means: '' for the global object itself, null for anything local. */
  function nameGlobal(node: ts.Expression): string | null {
    if (ts.isIdentifier(node)) {
      if (!watched.has(node.text) && !globalObjects.has(node.text)) return null;
      if (!isGlobal(node)) return null;
      return globalObjects.has(node.text) ? '' : node.text;
    }
    const member = readMember(node);
    if (member === null) return null;
    const owner = nameGlobal(member.owner);
    if (owner === null) return null;
    return owner === '' ? member.name : `${owner}.${member.name}`;
  }

  function visit(node: ts.Node): void {
    const found = readImport(node);
    if (found !== null) imports.push({ ...found, line: lineOf(node) });
    if (isErasedType(node)) {
      // Types do not run; only an import('x') among them still counts as an import.
      ts.forEachChild(node, visitType);
      return;
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && nameGlobal(node.expression) === 'Date') {
      // A call without new ignores its arguments and reads the clock.
      if (ts.isCallExpression(node) || (node.arguments?.length ?? 0) === 0) {
        globals.push({ name: 'new Date()', line: lineOf(node) });
      }
    } else if (readMember(node) !== null || (ts.isIdentifier(node) && isReference(node))) {
      // `as`: both branches above are expressions.
      const name = nameGlobal(node as ts.Expression);
      if (name !== null) {
        globals.push({ name: name === '' ? 'globalThis' : name, line: lineOf(node) });
        // Below a named chain there are only its own links.
        return;
      }
    }
    ts.forEachChild(node, visit);
  }

  function visitType(node: ts.Node): void {
    const found = readImport(node);
    if (found !== null) imports.push({ ...found, line: lineOf(node) });
    ts.forEachChild(node, visitType);
  }

  visit(file);
  return { imports, globals };
}

/** Tells globals from locals by the compiler's own scope analysis, which is started only when a suspect turns up. */
function createGlobalTest(file: ts.SourceFile): (node: ts.Identifier) => boolean {
  let checker: ts.TypeChecker | undefined;
  function start(): ts.TypeChecker {
    const host: ts.CompilerHost = {
      getSourceFile: (name) => (name === file.fileName ? file : undefined),
      writeFile: () => undefined,
      getDefaultLibFileName: () => '',
      getCurrentDirectory: () => '',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      fileExists: (name) => name === file.fileName,
      readFile: () => undefined,
    };
    const options: ts.CompilerOptions = { noLib: true, noResolve: true, types: [], jsx: ts.JsxEmit.Preserve };
    return ts.createProgram([file.fileName], options, host).getTypeChecker();
  }
  return (node) => {
    checker ??= start();
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return (symbol?.declarations?.length ?? 0) === 0;
  };
}

function readMember(node: ts.Node): { owner: ts.Expression; name: string } | null {
  if (ts.isPropertyAccessExpression(node)) return { owner: node.expression, name: node.name.text };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return { owner: node.expression, name: node.argumentExpression.text };
  }
  return null;
}

/** False for a name that is only a label: of a property, an import, an attribute. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isJsxAttribute(parent) ||
    ts.isMetaProperty(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent)
  );
}

/** A type, an interface, a declaration without a body: what type stripping removes. */
function isErasedType(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  // `class A extends WebSocket` looks like a type, and is a value.
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

function readImport(node: ts.Node): Omit<ImportFact, 'line'> | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, ...readImportClause(node.importClause) };
  }
  if (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier !== undefined &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    return { specifier: node.moduleSpecifier.text, ...readExportClause(node) };
  }
  if (
    ts.isImportTypeNode(node) &&
    ts.isLiteralTypeNode(node.argument) &&
    ts.isStringLiteral(node.argument.literal)
  ) {
    return { specifier: node.argument.literal.text, isTypeOnly: true, names: [] };
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const { expression } = node.moduleReference;
    return ts.isStringLiteral(expression)
      ? { specifier: expression.text, isTypeOnly: node.isTypeOnly, names: ['*'] }
      : null;
  }
  if (ts.isCallExpression(node)) {
    const isDynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
    const [first] = node.arguments;
    if ((isDynamic || isRequire) && first !== undefined && ts.isStringLiteralLike(first)) {
      return { specifier: first.text, isTypeOnly: false, names: ['*'] };
    }
  }
  return null;
}

function readImportClause(clause: ts.ImportClause | undefined): { isTypeOnly: boolean; names: string[] } {
  if (clause === undefined) return { isTypeOnly: false, names: ['*'] };
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return { isTypeOnly: true, names: [] };
  const names = clause.name === undefined ? [] : ['default'];
  if (clause.namedBindings !== undefined) {
    if (ts.isNamespaceImport(clause.namedBindings)) names.push('*');
    else names.push(...listValues(clause.namedBindings.elements));
  }
  return { isTypeOnly: names.length === 0, names };
}

function readExportClause(node: ts.ExportDeclaration): { isTypeOnly: boolean; names: string[] } {
  if (node.isTypeOnly) return { isTypeOnly: true, names: [] };
  if (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause)) {
    return { isTypeOnly: false, names: ['*'] };
  }
  const names = listValues(node.exportClause.elements);
  return { isTypeOnly: names.length === 0, names };
}

function listValues(elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]): string[] {
  return elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
}
