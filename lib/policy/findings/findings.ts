import { LatePlace } from "../syntax/late-place";
import { Place } from "../syntax/place";
import { Examined, Found, FoundList, PlannedInsertion, PolicyFinding, PolicyRule, Severity } from "./rule";

/** What rules find. A document can have thousands of findings, and messages show a few: each is made where it is read. */
export class Findings {
  public static readonly NONE = new Findings([]);

  /** The findings of the rules, in the order of the rules. */
  public static of(rules: readonly PolicyRule[], examined: Examined): Findings {
    const applied = rules.filter(({ when }) => when?.(examined) !== false);
    return new Findings(applied.map((rule) => new FindingsOfRule(rule, rule.finds(examined))));
  }

  public static list(findings: readonly PolicyFinding[]): Findings {
    const severities: Severity[] = ["conflict", "warning"];
    return new Findings(
      severities.map((severity) => {
        const found = findings.filter((each) => each.severity === severity);
        return { severity, length: found.length, at: (index) => found[index] };
      }),
    );
  }

  private constructor(private readonly groups: readonly Group[]) {}

  public and(...others: readonly Findings[]): Findings {
    return new Findings(this.groups.concat(...others.map(({ groups }) => groups)));
  }

  public get count(): number {
    return countOf(this.groups);
  }

  public get conflicts(): PolicyFinding[] {
    return first(this.of("conflict"));
  }

  public get numberOfWarnings(): number {
    return countOf(this.of("warning"));
  }

  /** The first so many warnings. */
  public warnings(most: number): PolicyFinding[] {
    return first(this.of("warning"), most);
  }

  public all(): PolicyFinding[] {
    return first(this.groups);
  }

  private of(severity: Severity): Group[] {
    return this.groups.filter((group) => group.severity === severity);
  }
}

/** The findings of the rules, in the order of the rules. */
export function findingsOf(rules: readonly PolicyRule[], examined: Examined): PolicyFinding[] {
  return Findings.of(rules, examined).all();
}

interface Group {
  readonly severity: Severity;
  readonly length: number;
  at(index: number): PolicyFinding;
}

function countOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { length }) => sum + length, 0);
}

function first(groups: readonly Group[], most = Infinity): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  for (const group of groups)
    for (let index = 0; index < group.length && findings.length < most; index++) findings.push(group.at(index));
  return findings;
}

class FindingsOfRule<F extends Found> implements Group {
  constructor(
    private readonly rule: PolicyRule<F>,
    private readonly found: FoundList<F>,
  ) {}

  public get severity(): Severity {
    return this.rule.severity;
  }

  public get length(): number {
    return this.found.length;
  }

  public at(index: number): PolicyFinding {
    return report(this.rule, this.found.at(index)!);
  }
}

export function report<F extends Found>(rule: PolicyRule<F>, found: F): PolicyFinding {
  return new FindingOfRule(rule, found);
}

/** Its texts are written where they are read. */
class FindingOfRule<F extends Found> extends LatePlace implements PolicyFinding {
  constructor(
    private readonly rule: PolicyRule<F>,
    private readonly found: F,
  ) {
    super();
  }

  public get id(): string {
    return this.rule.id;
  }

  public get severity(): Severity {
    return this.rule.severity;
  }

  public get ours(): PlannedInsertion | undefined {
    return this.found.ours;
  }

  public get message(): string {
    return this.rule.says(this.found);
  }

  public get resolutions(): readonly string[] {
    return this.rule.resolutions(this.found);
  }

  protected findPlace(): Place {
    return this.found.at;
  }
}
