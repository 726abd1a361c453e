import { ResourceGroupRef } from "../core/resource-group-ref";
import { SubnetRef } from "../core/subnet-ref";
import { PrivateDnsZoneRef } from "./private-dns-zone-ref";

/** Where the private endpoint of an app is. */
export interface PrivateEndpointProps {
  /** The subnet in which the endpoint gets its address. */
  readonly subnet: SubnetRef;

  /**
   * The zone `privatelink.azurewebsites.net` that the gateway's virtual network is linked to. The app's address, and that of its
   * publishing site, are entered there.
   */
  readonly privateDnsZone: PrivateDnsZoneRef;

  /**
   * Where to deploy the endpoint: in the region of the virtual network, where that is another than the app's.
   *
   * @default - the resource group of the app
   */
  readonly resourceGroup?: ResourceGroupRef;
}
