import { IConstruct } from "constructs";
import { IApimGateway } from "../../gateway/gateway";
import { VersioningScheme } from "./versioning-scheme";

/** The versions of one API, which share a path. */
export interface IApiVersionSet extends IConstruct {
  /** The API Management service that the version set is on. */
  readonly gateway: IApimGateway;

  /** Azure resource id of the version set. */
  readonly versionSetId: string;

  /** Path of all its versions below the gateway's address. */
  readonly path: string;

  /** How consumers select a version. */
  readonly scheme: VersioningScheme;
}
