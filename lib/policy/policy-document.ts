import { fail, Place } from "../core/fail";
import { described, requireGiven, requireText } from "../core/given";
import { escapeTemplates, isOnlyToken } from "../core/terraform-template";
import { readUtf8 } from "../core/text-file";
import { ConflictResolution, Resolutions } from "./conflict-resolution";
import { findingLine, PolicyFinding } from "./findings/rule";
import { PolicyElement, policyElements } from "./findings/located";
import { fragmentText, operationText } from "./merge/statement-text";
import { MergePlan, planMerge, removeInserted } from "./merge/merge";
import { PolicySection, elementsOf, StatementConfig } from "./statement";
import { PolicyStatement } from "./policy-statement";
import { scan } from "./syntax/scanner";
import { SourceTree } from "./syntax/source-tree";

/** The document without any text, which inherits everything. Formatted as API Management formats it. */
const SKELETON = scan(
  [
    "<policies>",
    ...Object.values(PolicySection).map((name) => `  <${name}>\n    <base />\n  </${name}>`),
    "</policies>",
  ].join("\n"),
);

/** In the skeleton, a statement replaces `<base />` in the backend section, which accepts one element. */
const SKELETON_RESOLUTIONS = Resolutions.NONE.with(ConflictResolution.REPLACE_FORWARDING);

/**
 * A policy document of API Management: existing text, if any, and statements to merge into it.
 *
 * It is an immutable value. Existing text is never rewritten: statements are inserted into it, with its newlines and indentation.
 * Each inserted element has an `id`, by which a later merge replaces it.
 */
export class PolicyDocument {
  /** The document that inherits everything and adds nothing. */
  public static readonly EMPTY = new PolicyDocument(undefined, [], Resolutions.NONE);

  /**
   * A document that holds only these statements. They are sorted by section and by what they do; equal ones keep the order in
   * which you write them.
   */
  public static of(...statements: PolicyStatement[]): PolicyDocument {
    return PolicyDocument._of(...statements.map(configOf));
  }

  /** @internal */
  public static _of(...statements: StatementConfig[]): PolicyDocument {
    const each = distinct(statements);
    each.forEach(elementsOf); // Refuses what cannot be merged.
    return new PolicyDocument(undefined, each, Resolutions.NONE);
  }

  /**
   * An existing document. Its expressions can be unescaped, as API Management accepts them.
   *
   * @param xml the text; `${` has no special meaning in it, and only cdktf references are resolved
   */
  public static fromXml(xml: string): PolicyDocument {
    requireText(
      "PolicyDocument.fromXml",
      "document",
      xml,
      'PolicyDocument.fromXml("<policies>...") with the text itself',
    );
    if (isOnlyToken(xml))
      fail(
        "PolicyDocument.fromXml",
        "token-for-document",
        "The document is a value that only Terraform knows, but its text is needed to merge into it.",
        'Write PolicyDocument.fromFile("policy.xml") or PolicyDocument.fromXml("<policies>...") with the text itself.',
      );
    return new PolicyDocument(scan(xml), [], Resolutions.NONE);
  }

  /**
   * An existing document in a file. See `fromXml`.
   *
   * @param path the file, in UTF-8; messages name it
   */
  public static fromFile(path: string): PolicyDocument {
    requireText("PolicyDocument.fromFile", "path", path, 'PolicyDocument.fromFile("policy.xml")');
    const text = readUtf8({ path, what: "The policy document", place: "PolicyDocument.fromFile" });
    return new PolicyDocument(scan(text, path), [], Resolutions.NONE);
  }

  private planned?: MergePlan;

  private constructor(
    private readonly written: SourceTree | undefined,
    private readonly statements: readonly StatementConfig[],
    private readonly resolutions: Resolutions,
  ) {}

  /** The document with the statements of the other one. At most one of them can have existing text. */
  public merge(other: PolicyDocument): PolicyDocument {
    checkedDocument("PolicyDocument.merge", "the other document", other);
    if (this.written && other.written && this.written.text !== other.written.text)
      fail(
        "PolicyDocument.merge",
        "two-documents",
        `Two existing documents, [${this.written.source}] and [${other.written.source}], cannot be merged, because the library cannot know the order of their policies.`,
        "Combine both into one document, or write the second document as statements: PolicyDocument.of(...).",
      );
    return new PolicyDocument(
      this.written ?? other.written,
      distinct([...this.statements, ...other.statements]),
      this.resolutions.and(other.resolutions),
    );
  }

  /**
   * The document with resolutions of conflicts between existing text and statements. Every other conflict is an error, which names
   * the resolutions to choose from. Of two resolutions for the same conflict, the later one counts.
   */
  public resolve(...resolutions: ConflictResolution[]): PolicyDocument {
    const valid = Object.values(ConflictResolution);
    const unknown = resolutions.findIndex((resolution) => !valid.includes(resolution));
    if (unknown >= 0)
      fail(
        "PolicyDocument.resolve",
        "unknown-resolution",
        `${described(resolutions[unknown])} is not a ConflictResolution.`,
        `Write one of ConflictResolution.${valid.join(", ")}.`,
      );
    return new PolicyDocument(this.written, this.statements, this.resolutions.with(...resolutions));
  }

  /** The text for API Management. Throws if a conflict is not resolved. */
  public toXml(): string {
    if (this.written && this.statements.length === 0) return this.written.text;
    const { merged, findings } = this.plan();
    const conflicts = findings.filter(({ severity }) => severity === "conflict");
    if (conflicts.length > 0) refuse((this.written ?? SKELETON).source, conflicts);
    return merged.text;
  }

  /**
   * The statements as a policy fragment, for Terraform's configuration.
   *
   * @internal
   */
  public _toTerraformFragment(): string {
    if (this.written)
      fail(
        this.written.source,
        "written-document-in-fragment",
        "A whole policy document cannot be in a policy fragment.",
        "Write PolicyDocument.of(...statements).",
      );
    this.toXml(); // Conflicts between statements are the same in a fragment.
    return escapeTemplates(fragmentText(this.statements));
  }

  /**
   * The document as the policy of one operation. Its `<base />` is the policy of the API, which statements come before.
   *
   * @internal
   */
  public _asOperation(source: string): SourceTree {
    return this.written ?? scan(operationText(this.statements), source);
  }

  /**
   * What a merge would insert, its findings and its result. Does not throw on conflicts.
   *
   * @internal
   */
  public _analyze(): Pick<MergePlan, "insertions" | "findings"> & { readonly text: string } {
    const { insertions, findings, merged } = this.plan();
    return { insertions, findings, text: merged.text };
  }

  /**
   * The document without what earlier merges have inserted, and without statements to merge.
   *
   * @internal
   */
  public _removeInserted(): PolicyDocument {
    if (!this.written) return PolicyDocument.EMPTY;
    const tree = scan(removeInserted(this.written), this.written.source);
    return new PolicyDocument(tree, [], this.resolutions);
  }

  /**
   * Every policy of the merged document, at its place in the document or in the statement.
   *
   * @internal
   */
  public _elements(): readonly PolicyElement[] {
    const { target, inserted } = this.plan();
    return policyElements(target, inserted);
  }

  /**
   * The merged document, regardless of conflicts.
   *
   * @internal
   */
  public _merged(): SourceTree {
    return this.plan().merged;
  }

  /**
   * Whether the document has existing text.
   *
   * @internal
   */
  public get _isWritten(): boolean {
    return this.written !== undefined;
  }

  /**
   * The statements to merge into the document.
   *
   * @internal
   */
  public get _statements(): readonly StatementConfig[] {
    return this.statements;
  }

  /** Computed once, because a document never changes. */
  private plan(): MergePlan {
    this.planned ??= planMerge(
      this.written ?? SKELETON,
      this.statements,
      this.written ? this.resolutions : this.resolutions.and(SKELETON_RESOLUTIONS),
    );
    return this.planned;
  }
}

/** The document, if it is one. */
export function checkedDocument(place: Place, name: string, document: PolicyDocument): PolicyDocument {
  return requireGiven(place, document, {
    name,
    has: ["_isWritten", "_statements"],
    example: 'PolicyDocument.of(...statements), or PolicyDocument.fromXml("<policies>...") for existing text',
  });
}

/** Recognized by its content and not by its class: two copies of the package can be loaded in one app. */
function configOf(statement: PolicyStatement): StatementConfig {
  const config = (statement as PolicyStatement | null | undefined)?._config;
  if (!config)
    fail(
      "PolicyDocument.of",
      "not-a-policy-statement",
      `${described(statement)} is not a PolicyStatement.`,
      "Write PolicyDocument.of(PolicyStatement.rateLimit(20, 90)). For your own XML, " +
        'write PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, "...")).',
    );
  return config;
}

/** A statement that is merged twice is inserted once. */
function distinct(statements: readonly StatementConfig[]): StatementConfig[] {
  const seen = new Set<string>();
  return statements.filter(({ section, slot, kind, xml }) => {
    const key = JSON.stringify([section, slot, kind, xml]);
    return !seen.has(key) && seen.add(key);
  });
}

function refuse(source: string, findings: readonly PolicyFinding[]): never {
  const conflictLines = findings.map(
    (finding) => `- ${finding.source === source ? "" : `${finding.source} `}${findingLine(finding)}\n`,
  );
  fail(
    source,
    "policy-conflicts",
    `The policy statements cannot be merged into this document:\n${conflictLines.join("")}`,
    "Resolve each conflict as described in its line.",
  );
}
