import { grouped } from "../../core/grouped";
import { remembered } from "../../core/remembered";
import { Resource } from "./resource";
import { ConfigurationFile, Stack } from "./stack";

/** The resources of the stacks of an app. */
export class Configuration {
  public readonly stacks: readonly Stack[];
  public readonly resources: readonly Resource[];
  /** Those of azapi, whose type in Azure is an attribute. Most configurations have few. */
  public readonly azapiResources: readonly Resource[];
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly byReference = new Map<string, ReadonlyMap<Resource, readonly Resource[]>>();

  /** @param stacks the files of each stack, by its name */
  constructor(stacks: ReadonlyMap<string, readonly ConfigurationFile[]>) {
    const byName = new Map<string, Stack>();
    for (const [name, files] of stacks) byName.set(name, new Stack(byName, name, files));
    this.stacks = [...byName.values()];
    this.resources = this.stacks.flatMap(({ resources }) => resources);
    this.byType = grouped(this.resources, ({ mode, type }) => (mode === "resource" ? [type] : []));
    this.azapiResources = this.resources.filter(({ type }) => type.startsWith("azapi_"));
  }

  /** The names of the modules that are called. What is in them is not here. */
  public get modules(): string[] {
    const called = this.stacks.flatMap((stack) => stack.values("module").flatMap(({ entries }) => entries));
    return [...new Set(called.map(([name]) => name))].filter((name) => name !== "//");
  }

  /** The resources of some types, without data sources. */
  public ofType(...types: readonly string[]): Resource[] {
    const [only, ...more] = types;
    if (more.length === 0) return [...(this.byType.get(only) ?? [])];
    return this.resources.filter(({ mode, type }) => mode === "resource" && types.includes(type));
  }

  /** The resources of a type that refer to a resource with one of some attributes, without data sources. */
  public referringTo(target: Resource, type: string, ...attributes: readonly string[]): readonly Resource[] {
    const byTarget = remembered(this.byReference, [type, ...attributes].join(" "), () =>
      grouped(this.byType.get(type) ?? [], (each) => attributes.flatMap((attribute) => each.referenced(attribute))),
    );
    return byTarget.get(target) ?? [];
  }
}
