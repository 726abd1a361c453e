/** From where the publishing (SCM) site of an app can be reached whose own addresses are restricted. */
export interface RestrictedAccessOptions {
  /**
   * Public addresses from which code is published, such as those of a pipeline, each in CIDR notation: `203.0.113.7/32`; at most
   * eight. They reach the publishing site alone, and still sign in with Entra ID there.
   *
   * @default - the publishing site can be reached from where the app can be
   * @see https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions#restrict-access-to-an-scm-site
   */
  readonly publishFrom?: string[];
}
