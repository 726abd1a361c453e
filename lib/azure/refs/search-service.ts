/**
 * An AI Search service: a `SearchService` or `DataAzurermSearchService` of the azurerm bindings, or
 * `SearchServiceRef.fromAttributes`.
 */
export interface ISearchServiceRef {
  /** Azure resource ID of the service. */
  readonly id: string;

  /** Name of the service: the first part of its address in the public cloud. */
  readonly name: string;
}

/** Attributes of an AI Search service. */
export interface SearchServiceRefAttributes {
  /** Azure resource ID of the service. */
  readonly id: string;

  /** Name of the service: the first part of its address in the public cloud. */
  readonly name: string;
}

/** An AI Search service by its attributes. */
export class SearchServiceRef implements ISearchServiceRef {
  /**
   * Refers to an AI Search service by its attributes. If this app declares it, pass the object instead. Its settings cannot
   * be checked, and a warning at synth says which.
   */
  public static fromAttributes(attributes: SearchServiceRefAttributes): ISearchServiceRef {
    return new SearchServiceRef(attributes);
  }

  public readonly id: string;
  public readonly name: string;

  private constructor(attributes: SearchServiceRefAttributes) {
    this.id = attributes.id;
    this.name = attributes.name;
  }
}
