import { PolicySection, elementsOf, StatementConfig, treeOf } from "../statement";
import { decodedText } from "../syntax/csharp";
import { LatePlace } from "../syntax/late-place";
import { allElements, Place, SourceElement, SourceTree, textsOf } from "../syntax/source-tree";

/** An element and what follows from its place in the document. */
export interface Located {
  readonly element: SourceElement;
  readonly section: string;
  /** Whether it is inside another policy, such as `choose`, and may not run for every request. */
  readonly nested: boolean;
  /** Whether it is about another request or a response instead of the request to the backend. */
  readonly aside: boolean;
  /** The statement that contains it; none if it is in the user's document. */
  readonly statement?: StatementConfig;
}

/** An element of a document or of a statement, for checks of what surrounds the policy. */
export interface PolicyElement extends Place {
  readonly name: string;
  readonly section: string;
  /** Whether it is inside another policy. */
  readonly nested: boolean;
}

/** Every policy of a document and of statements, at its place. */
export function policyElements(tree: SourceTree, statements: readonly StatementConfig[]): PolicyElement[] {
  const located = [...locatedInDocument(tree), ...statements.flatMap(locatedInStatement)];
  return located.map((found) => new PlacedElement(tree, found));
}

class PlacedElement extends LatePlace implements PolicyElement {
  constructor(
    private readonly tree: SourceTree,
    private readonly located: Located,
  ) {
    super();
  }

  public get name(): string {
    return this.located.element.name;
  }

  public get section(): string {
    return this.located.section;
  }

  public get nested(): boolean {
    return this.located.nested;
  }

  protected findPlace(): Place {
    return placeOf(this.tree, this.located);
  }
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
  const sections = tree.roots.flatMap((root) => root.children);
  const located: Located[] = [];
  for (const { children, name } of sections)
    if (children.length > 0) for (const each of locatedIn(children, name)) located.push(each);
  return located;
}

export function locatedInStatement(statement: StatementConfig): Located[] {
  return locatedIn(elementsOf(statement), statement.section, statement);
}

function locatedIn(roots: readonly SourceElement[], section: string, statement?: StatementConfig): Located[] {
  const outside = roots[0]?.parent;
  const aside = new Set<SourceElement>();
  return allElements(roots).map((element) => {
    const parent = element.parent === outside ? undefined : element.parent;
    if (parent && (ASIDE.has(parent.name) || aside.has(parent))) aside.add(element);
    return { element, section, nested: parent !== undefined, aside: aside.has(element), statement };
  });
}

/** The place of an element in its document or statement. */
export function placeOf(tree: SourceTree, { element, statement }: Pick<Located, "element" | "statement">): Place {
  if (!statement) return { source: tree.source, ...tree.position(element.start) };
  const source = `statement ${statement.kind}`;
  return { source, ...treeOf(statement).position(element.start) };
}

export function isInbound({ section, aside }: Located): boolean {
  return section === PolicySection.INBOUND && !aside;
}

/** Whether it is about the request, before or while it is forwarded. */
export function isOfRequest({ section, aside }: Located): boolean {
  return !aside && (section === PolicySection.INBOUND || section === PolicySection.BACKEND);
}

/** The values that it has: its attributes, and its texts. References are decoded, except in unescaped code. */
export function valuesOf(tree: SourceTree, { element, statement }: Located): { name: string; value: string }[] {
  const { name, attributes } = element;
  const document = statement?.xml ?? tree.text;
  const texts = textsOf(document, element).map(({ start, end }) => document.slice(start, end));
  return [...attributes, ...texts.map((text) => ({ name, value: decodedText(text) }))];
}
