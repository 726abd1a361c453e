import { fail, Place } from "../core/fail";
import { described, requireGiven, requireText } from "../core/given";
import { containsToken, isOnlyToken } from "../core/terraform-template";
import { readUtf8 } from "../core/text-file";
import { ConflictResolution, Resolutions } from "./conflict-resolution";
import { findingList, PolicyFinding } from "./findings/rule";
import { Located, locatedInBoth } from "./findings/located";
import { editedParts } from "./syntax/edits";
import { inKib, POLICY_LIMITS, sizeOf } from "./size";
import { terraformText } from "./terraform-text";
import { fragmentText, operationText } from "./merge/statement-text";
import { planGenerated } from "./merge/generated";
import { MergePlan, planMerge } from "./merge/merge";
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
   * @param xml the text, at most 256 KiB; `${` has no special meaning in it, and only cdktf references are resolved: Terraform
   * escapes their values for text and attributes, and they must not contain code or markup
   */
  public static fromXml(xml: string): PolicyDocument {
    const call = "PolicyDocument.fromXml";
    requireText(call, "document", xml, `${call}("<policies>...") with the text itself`);
    checkSize(xml);
    if (isOnlyToken(xml))
      fail(
        call,
        "token-for-document",
        "The document is a value that only Terraform knows, but its text is needed to merge into it.",
        'Write PolicyDocument.fromFile("policy.xml") or PolicyDocument.fromXml("<policies>...") with the text itself.',
      );
    const tree = scan(xml);
    return new PolicyDocument(containsToken(xml) ? withTokens(tree) : tree, [], Resolutions.NONE);
  }

  /**
   * An existing document in a file. See `fromXml`. The text reaches API Management unchanged, even if it
   * contains what looks like a cdktf token.
   *
   * @param path the file, in UTF-8; messages name it
   */
  public static fromFile(path: string): PolicyDocument {
    const place = "PolicyDocument.fromFile";
    requireText(place, "path", path, `${place}("policy.xml")`);
    const text = readUtf8({ path, what: "The policy document", place, maxBytes: POLICY_LIMITS.otherTiers });
    return PolicyDocument._read(text, path);
  }

  /**
   * A document whose text was read from somewhere.
   *
   * @internal
   */
  public static _read(text: string, source: string): PolicyDocument {
    return new PolicyDocument(scan(text, source), [], Resolutions.NONE, true);
  }

  private analyzed?: MergePlan;

  private constructor(
    private readonly written: SourceTree | undefined,
    private readonly statements: readonly StatementConfig[],
    private readonly resolutions: Resolutions,
    /** Whether the text is from a file. */
    private readonly isForeign = false,
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
      this.written ? this.isForeign : other.isForeign,
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
    return new PolicyDocument(this.written, this.statements, this.resolutions.with(...resolutions), this.isForeign);
  }

  /** The text for API Management. Throws if a conflict is not resolved. */
  public toXml(): string {
    if (this.written && this.statements.length === 0) return this.written.text;
    const { merged, findings } = this._analyze();
    const { conflicts } = findings;
    if (conflicts.length > 0) refuse((this.written ?? SKELETON).source, conflicts);
    return merged.text;
  }

  /**
   * The text for Terraform's configuration. Throws if a conflict is not resolved.
   *
   * @internal
   */
  public _toTerraform(): string {
    this.toXml();
    const { target, edits } = this._analyze();
    const parts = editedParts(target.text, edits);
    return terraformText(parts.map(({ text, isEdit }) => ({ text, isForeign: this.isForeign && !isEdit })));
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
    return terraformText([{ text: fragmentText(this.statements), isForeign: false }]);
  }

  /**
   * The document as the policy of one operation. Its `<base />` is the policy of the API, which statements come before.
   *
   * @internal
   */
  public _asOperation(source: string): OperationPolicyText {
    const tree = this.written ?? scan(operationText(this.statements), source);
    return { tree, template: terraformText([{ text: tree.text, isForeign: this.isForeign }]) };
  }

  /**
   * What a merge would insert, its findings and its result. Computed once, and does not throw on conflicts.
   *
   * @internal
   */
  public _analyze(): MergePlan {
    const resolutions = this.written ? this.resolutions : this.resolutions.and(SKELETON_RESOLUTIONS);
    this.analyzed ??= this.written
      ? planMerge(this.written, this.statements, resolutions)
      : planGenerated(SKELETON, this.statements, resolutions);
    return this.analyzed;
  }

  /**
   * Every policy of the merged document, at its place in the document or in the statement.
   *
   * @internal
   */
  public _elements(): readonly Located[] {
    const { target, inserted, elements = locatedInBoth(target, inserted) } = this._analyze();
    return elements;
  }

  /**
   * Whether the user has chosen this resolution.
   *
   * @internal
   */
  public _resolves(resolution: ConflictResolution): boolean {
    return this.resolutions.include(resolution);
  }

  /** @internal */
  public get _isWritten(): boolean {
    return this.written !== undefined;
  }

  /** @internal */
  public get _statements(): readonly StatementConfig[] {
    return this.statements;
  }
}

/** The policy of an operation, and its text for Terraform's configuration. */
interface OperationPolicyText {
  readonly tree: SourceTree;
  readonly template: string;
}

function checkSize(xml: string): void {
  const size = sizeOf(xml);
  const limit = inKib(POLICY_LIMITS.otherTiers);
  if (size > POLICY_LIMITS.otherTiers)
    fail(
      "PolicyDocument.fromXml",
      "policy-too-large",
      `The document has ${inKib(size)}, but API Management accepts at most ${limit}.`,
      'Move policies into policy fragments, and write PolicyStatement.includeFragment("...") to include them.',
    );
}

/** Only a text with its tokens needs cdktf, which the command does not load. */
function withTokens(tree: SourceTree): SourceTree {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const ownXml: typeof import("./statements/writing/own-xml") = require("./statements/writing/own-xml");
  return scan(ownXml.withEscapedTokens("PolicyDocument.fromXml", tree));
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
    const key = `${section} ${slot} ${kind} ${xml}`;
    return !seen.has(key) && seen.add(key);
  });
}

function refuse(source: string, findings: readonly PolicyFinding[]): never {
  fail(
    source,
    "policy-conflicts",
    `The policy statements cannot be merged into this document:\n${findingList(findings, source)}`,
    "Resolve each conflict as described in its line.",
  );
}
