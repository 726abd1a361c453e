import { IConstruct } from "constructs";
import { IApimGateway } from "../../gateway/gateway";
import { VersioningScheme } from "./versioning-scheme";

/** The versions of one API, which share a path. */
export interface IApiVersionSet extends IConstruct {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** Azure resource id of the version set. */
  readonly versionSetId: string;

  /** Path of all its versions below the gateway's address. */
  readonly path: string;

  /** How consumers say which version they call. */
  readonly scheme: VersioningScheme;
}
