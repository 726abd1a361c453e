/** An AI Search service. A `SearchService` and a `DataAzurermSearchService` of the azurerm bindings fit as they are. */
export interface ISearchServiceRef {
  /** Azure resource id of the service. */
  readonly id: string;

  /** Name of the service, of which its address in the public cloud is made. */
  readonly name: string;
}

/** An AI Search service by its attributes. */
export interface SearchServiceRefAttributes {
  /** Azure resource id of the service. */
  readonly id: string;

  /** Name of the service, of which its address in the public cloud is made. */
  readonly name: string;
}

/** Refers to an AI Search service that is not an object of this app. */
export class SearchServiceRef implements ISearchServiceRef {
  /** An AI Search service by its attributes, in any language. With an object of the app, pass that object instead. */
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
