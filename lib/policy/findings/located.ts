import { PolicySection, elementsOf, StatementConfig, treeOf } from "../statement";
import { decodedText } from "../syntax/csharp";
import { LatePlace } from "../syntax/late-place";
import { Place } from "../syntax/place";
import { SourceElement, SourceTree, textsOf, visitElements } from "../syntax/source-tree";

/** An element of a document or of a statement, at its place. */
export class PlacedElement extends LatePlace {
  constructor(
    private readonly tree: SourceTree,
    public readonly element: SourceElement,
  ) {
    super();
  }

  public get name(): string {
    return this.element.name;
  }

  protected findPlace(): Place {
    return { source: this.tree.source, ...this.tree.position(this.element.start) };
  }
}

/** A policy and what follows from its place. */
export class Located extends PlacedElement {
  constructor(
    tree: SourceTree,
    element: SourceElement,
    public readonly section: string,
    /** Whether it is inside another policy, such as `choose`, and may not run for every request. */
    public readonly nested: boolean,
    /** Whether it is about another request or a response instead of the request to the backend. */
    public readonly aside: boolean,
    /** The statement that contains it; none if it is in the user's document. */
    public readonly statement?: StatementConfig,
  ) {
    super(tree, element);
  }
}

/** Every policy of a document and of statements. */
export function locatedInBoth(tree: SourceTree, statements: readonly StatementConfig[]): readonly Located[] {
  const ofDocument = locatedInDocument(tree);
  return statements.length === 0 ? ofDocument : ofDocument.concat(statements.flatMap(locatedInStatement));
}

/** Policies about other requests or responses, and elements whose text may look like policies. */
const ASIDE = new Set([
  "send-request",
  "send-one-way-request",
  "return-response",
  "mock-response",
  "set-body",
  "value",
  "message",
  "xsl-transform",
]);

/** A section of the document. */
export function sectionOf(tree: SourceTree, name: string): SourceElement | undefined {
  return tree.roots[0]?.children.find((section) => section.name === name);
}

/** The policies of documents that were asked for before: the rules of a merge and the checks of its result ask for the same. */
const KNOWN = new WeakMap<SourceTree, readonly Located[]>();

/** Every policy of a document's sections, in document order. */
export function locatedInDocument(tree: SourceTree): readonly Located[] {
  const located = KNOWN.get(tree) ?? locatedInSections(tree);
  KNOWN.set(tree, located);
  return located;
}

function locatedInSections(tree: SourceTree): Located[] {
  const located: Located[] = [];
  const sections = tree.roots.flatMap((root) => root.children);
  for (const { children, name } of sections) if (children.length > 0) addLocated(located, tree, children, name);
  return located;
}

export function locatedInStatement(statement: StatementConfig): Located[] {
  const located: Located[] = [];
  addLocated(located, treeOf(statement), elementsOf(statement), statement.section, statement);
  return located;
}

function addLocated(
  located: Located[],
  tree: SourceTree,
  roots: readonly SourceElement[],
  section: string,
  statement?: StatementConfig,
): void {
  const outside = roots[0]?.parent;
  const aside = new Set<SourceElement>();
  visitElements(roots, (element) => {
    const parent = element.parent === outside ? undefined : element.parent;
    if (parent && (ASIDE.has(parent.name) || aside.has(parent))) aside.add(element);
    located.push(new Located(tree, element, section, parent !== undefined, aside.has(element), statement));
    return true;
  });
}

export function isInbound({ section, aside }: Located): boolean {
  return section === PolicySection.INBOUND && !aside;
}

/** Whether it is about the request, before or while it is forwarded. */
export function isOfRequest({ section, aside }: Located): boolean {
  return !aside && (section === PolicySection.INBOUND || section === PolicySection.BACKEND);
}

/** An attribute or a text, and what it is called. */
interface Value {
  readonly name: string;
  readonly value: string;
}

/** The values that it has: its attributes, and its texts. References are decoded, except in unescaped code. */
export function valuesOf(tree: SourceTree, located: Located): Value[] {
  const values: Value[] = [];
  findInValues(tree, located, (name, value) => void values.push({ name, value }));
  return values;
}

/** What is found first in its values. Makes no list of them, because rules look at the values of each element. */
export function findInValues<T>(
  tree: SourceTree,
  { element, statement }: Located,
  look: (name: string, value: string, element: SourceElement) => T | undefined,
): T | undefined {
  const { name, attributes, selfClosed } = element;
  for (const attribute of attributes) {
    const found = look(attribute.name, attribute.value, element);
    if (found !== undefined) return found;
  }
  if (selfClosed) return undefined;
  const document = statement?.xml ?? tree.text;
  // Most elements have one text at most, and a list for each takes more memory than the elements.
  if (element.children.length === 0)
    return look(name, decodedText(document.slice(element.startTagEnd, element.endTagStart)), element);
  for (const { start, end } of textsOf(document, element)) {
    const found = look(name, decodedText(document.slice(start, end)), element);
    if (found !== undefined) return found;
  }
  return undefined;
}
