# The gateway goes out through its network, and the outputs tell the teams what they need.

mock_provider "azurerm" {
  source = "./mocks"
}

run "the-gateway-joins-the-network" {
  assert {
    condition = (
      azurerm_api_management.Gateway_43CB3636.virtual_network_configuration[0].subnet_id == azurerm_subnet.Subnet.id &&
      azurerm_api_management.Gateway_43CB3636.virtual_network_type == "External"
    )
    error_message = "The gateway does not go out through the subnet."
  }

  assert {
    condition = (
      azurerm_subnet_network_security_group_association.NetworkSecurityGroupAssociation.subnet_id ==
      azurerm_subnet.Subnet.id
    )
    error_message = "The subnet has no security group."
  }
}

run "teams-are-told-which-gateway" {
  assert {
    condition     = output.apim_principal_id == azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    error_message = "The output names another identity than the gateway's."
  }

  assert {
    condition = (
      output.apim_name == azurerm_api_management.Gateway_43CB3636.name &&
      output.apim_resource_group == "contoso-platform"
    )
    error_message = "The outputs name another gateway."
  }

  assert {
    condition     = output.subscription_id == data.azurerm_client_config.Client.subscription_id
    error_message = "The output names another subscription."
  }
}
