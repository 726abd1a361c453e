import { escapeTemplates, isOnlyToken } from "../core/terraform-template";
import { readUtf8 } from "../core/text-file";
import { PolicyConflict } from "./policy-conflict";
import { IPolicyStatement, PolicySection, PolicyStatementConfig } from "./policy-statement";
import { fragmentText } from "./merge/fragment";
import { PolicyElement, policyElements } from "./merge/located";
import { MergePlan, planMerge, removeOwn } from "./merge/merge";
import { operationText } from "./findings/operation-policy";
import { Resolutions } from "./merge/resolutions";
import { scan } from "./syntax/scanner";
import { SourceTree } from "./syntax/source-tree";
import { statementElements } from "./merge/statement-text";
import { fail } from "../core/fail";
import { PolicyFinding, findingLine } from "./findings/finding";

/** What a document is to which nobody gave a text: all is inherited. Written the way API Management writes it back. */
const SKELETON = scan(
  [
    "<policies>",
    ...Object.values(PolicySection).map((name) => `  <${name}>\n    <base />\n  </${name}>`),
    "</policies>",
  ].join("\n"),
);

/** Of a document without a text, `<base />` gives way to a statement in the section that may hold only one. */
const SKELETON_RESOLUTIONS = new Resolutions().with(PolicyConflict.FORWARDING, "replace");

/**
 * A policy document of API Management: what somebody has written, or nothing, and statements to be merged into it.
 *
 * An immutable value. What somebody has written is never written anew: statements are inserted between its bytes, in its own
 * newlines and indentation, and each is found again by its `id`, so that merging again replaces it.
 */
export class PolicyDocument {
  /** The document that inherits everything and adds nothing. */
  public static readonly EMPTY = new PolicyDocument(undefined, [], new Resolutions());

  /** A document of statements alone. Their order is that of the sections and slots, and among equals that of writing. */
  public static of(...statements: IPolicyStatement[]): PolicyDocument {
    const configs = statements.map((statement) => statement.render());
    configs.forEach(statementElements);
    return new PolicyDocument(undefined, distinct(configs), new Resolutions());
  }

  /**
   * A document that somebody has written, as API Management accepts it: expressions may stand in it unescaped.
   *
   * @param xml the text; `${` in it means itself, and only references of cdktf are resolved
   */
  public static fromXml(xml: string): PolicyDocument {
    if (isOnlyToken(xml))
      fail(
        undefined,
        "token-for-document",
        "A policy document is needed to merge into, but this one is known to Terraform only. " +
          'Write PolicyDocument.fromFile("policy.xml") or PolicyDocument.fromXml("<policies>...") with the text itself.',
      );
    return new PolicyDocument(scan(xml), [], new Resolutions());
  }

  /**
   * As `fromXml`, with the text of a file.
   *
   * @param path the file, in UTF-8; messages name it
   */
  public static fromFile(path: string): PolicyDocument {
    return new PolicyDocument(
      scan(readUtf8({ path, what: "The policy document", place: "PolicyDocument.fromFile" }), path),
      [],
      new Resolutions(),
    );
  }

  private planned?: MergePlan;

  private constructor(
    private readonly written: SourceTree | undefined,
    private readonly statements: readonly PolicyStatementConfig[],
    private readonly resolutions: Resolutions,
  ) {}

  /** The document with the statements of the other one. Of the two, one at most was written by somebody. */
  public merge(other: PolicyDocument): PolicyDocument {
    if (this.written && other.written && this.written.text !== other.written.text) {
      fail(
        undefined,
        "two-documents",
        `Two policy documents cannot be merged with each other, since nobody can tell in what order their policies belong: ` +
          `[${this.written.source}] and [${other.written.source}]. Write both into one document, or give the second as statements: PolicyDocument.of(...).`,
      );
    }
    return new PolicyDocument(
      this.written ?? other.written,
      distinct([...this.statements, ...other.statements]),
      this.resolutions.and(other.resolutions),
    );
  }

  /** The document, with its own elements left where they contradict a statement. Not every conflict can be resolved so. */
  public keepExisting(conflict: PolicyConflict): PolicyDocument {
    if (conflict === PolicyConflict.MANAGED_IDENTITY)
      fail(
        undefined,
        "cannot-keep",
        `keepExisting(PolicyConflict.${conflict}) would leave the request without the gateway's token. ` +
          `Write replaceExisting(PolicyConflict.${conflict}), or give the existing element an output-token-variable-name.`,
      );
    if (conflict === PolicyConflict.CALLER_HEADERS)
      fail(
        undefined,
        "cannot-keep-caller-headers",
        "keepExisting(PolicyConflict.CALLER_HEADERS) would let a header that the backend trusts be set from anything. " +
          "Write PolicyStatement.forwardCallerIdentity(), which sets it from the validated token, or give yours another name.",
      );
    return new PolicyDocument(this.written, this.statements, this.resolutions.with(conflict, "keep"));
  }

  /**
   * The document without those of its own elements that contradict a statement. Elements within others, such as `choose`, stay
   * and are overridden, where a statement further down does that.
   */
  public replaceExisting(conflict: PolicyConflict): PolicyDocument {
    return new PolicyDocument(this.written, this.statements, this.resolutions.with(conflict, "replace"));
  }

  /** The text as it is in API Management. Throws where a conflict has not been resolved. */
  public toXml(): string {
    if (this.written && this.statements.length === 0) return this.written.text;
    const { text, findings } = this.plan();
    const unresolved = findings.filter(({ severity }) => severity === "conflict");
    if (unresolved.length > 0) refuse(this.tree().source, unresolved);
    return text;
  }

  /**
   * The text as it stands in Terraform's configuration.
   *
   * @internal
   */
  public _toTerraform(): string {
    return escapeTemplates(this.toXml());
  }

  /**
   * The statements as a policy fragment, as it stands in Terraform's configuration.
   *
   * @internal
   */
  public _toTerraformFragment(): string {
    if (this.written)
      fail(
        this.written.source,
        "written-document-in-fragment",
        "A whole policy document cannot stand in a policy fragment. Write PolicyDocument.of(...statements).",
      );
    this.toXml(); // The conflicts of statements among each other are the same in a fragment.
    return escapeTemplates(fragmentText(this.statements));
  }

  /**
   * The document as the policy of one operation, whose `<base />` is the policy of its API: statements stand before it.
   *
   * @internal
   */
  public _asOperation(source: string): SourceTree {
    return this.written ?? scan(operationText(this.statements), source);
  }

  /**
   * What would be inserted where, what stands in the way or is worth knowing, and the document after it. Throws nothing on
   * conflicts.
   *
   * @internal
   */
  public _analyze(): Pick<MergePlan, "insertions" | "findings" | "text"> {
    const { insertions, findings, text } = this.plan();
    return { insertions, findings, text };
  }

  /**
   * The document without anything that an earlier merge has inserted, and without pending statements.
   *
   * @internal
   */
  public _removeOwn(): PolicyDocument {
    if (!this.written) return PolicyDocument.EMPTY;
    const tree = scan(removeOwn(this.written), this.written.source);
    return new PolicyDocument(tree, [], this.resolutions);
  }

  /**
   * Every element that stands in the merged document, at its place in the document or in the statement.
   *
   * @internal
   */
  public _elements(): readonly PolicyElement[] {
    const { target, inserted } = this.plan();
    return policyElements(target, inserted);
  }

  /**
   * The merged document, read again; conflicts are not looked at.
   *
   * @internal
   */
  public _merged(): SourceTree {
    return scan(this.plan().text, this.tree().source);
  }

  /**
   * Whether somebody has written the document, or a part of it.
   *
   * @internal
   */
  public get _isWritten(): boolean {
    return this.written !== undefined;
  }

  /**
   * The statements to be merged into the document.
   *
   * @internal
   */
  public get _statements(): readonly PolicyStatementConfig[] {
    return this.statements;
  }

  /** Made once, since a document never changes. */
  private plan(): MergePlan {
    this.planned ??= planMerge(
      this.tree(),
      this.statements,
      this.written ? this.resolutions : this.resolutions.and(SKELETON_RESOLUTIONS),
    );
    return this.planned;
  }

  private tree(): SourceTree {
    return this.written ?? SKELETON;
  }
}

/** A statement that is merged twice is there once. */
function distinct(statements: readonly PolicyStatementConfig[]): PolicyStatementConfig[] {
  const seen = new Set<string>();
  return statements.filter(({ section, slot, kind, xml }) => {
    const key = JSON.stringify([section, slot, kind, xml]);
    return !seen.has(key) && seen.add(key);
  });
}

function refuse(source: string, findings: readonly PolicyFinding[]): never {
  const lines = findings.map(
    (finding) => `- ${finding.source === source ? "" : `${finding.source} `}${findingLine(finding)}`,
  );
  fail(source, "conflicts", ["The policy statements cannot be merged into this document:", ...lines].join("\n"));
}
