namespace Fairway.Model.Errors;

/// <summary>The HRESULTs of the host compute network service (HCNHResult.md), as they stand in <c>ErrorCode</c>.</summary>
public static class HcnErrorCode
{
    /// <summary>HCN_E_NETWORK_NOT_FOUND.</summary>
    public const uint NetworkNotFound = 0x803b0001;
    /// <summary>HCN_E_ENDPOINT_NOT_FOUND.</summary>
    public const uint EndpointNotFound = 0x803b0002;
    /// <summary>HCN_E_LAYER_NOT_FOUND.</summary>
    public const uint LayerNotFound = 0x803b0003;
    /// <summary>HCN_E_SWITCH_NOT_FOUND.</summary>
    public const uint SwitchNotFound = 0x803b0004;
    /// <summary>HCN_E_SUBNET_NOT_FOUND.</summary>
    public const uint SubnetNotFound = 0x803b0005;
    /// <summary>HCN_E_ADAPTER_NOT_FOUND.</summary>
    public const uint AdapterNotFound = 0x803b0006;
    /// <summary>HCN_E_PORT_NOT_FOUND.</summary>
    public const uint PortNotFound = 0x803b0007;
    /// <summary>HCN_E_POLICY_NOT_FOUND.</summary>
    public const uint PolicyNotFound = 0x803b0008;
    /// <summary>HCN_E_VFP_PORTSETTING_NOT_FOUND.</summary>
    public const uint VfpPortSettingNotFound = 0x803b0009;
    /// <summary>HCN_E_INVALID_NETWORK.</summary>
    public const uint InvalidNetwork = 0x803b000a;
    /// <summary>HCN_E_INVALID_NETWORK_TYPE.</summary>
    public const uint InvalidNetworkType = 0x803b000b;
    /// <summary>HCN_E_INVALID_ENDPOINT.</summary>
    public const uint InvalidEndpoint = 0x803b000c;
    /// <summary>HCN_E_INVALID_POLICY.</summary>
    public const uint InvalidPolicy = 0x803b000d;
    /// <summary>HCN_E_INVALID_POLICY_TYPE.</summary>
    public const uint InvalidPolicyType = 0x803b000e;
    /// <summary>HCN_E_INVALID_REMOTE_ENDPOINT_OPERATION.</summary>
    public const uint InvalidRemoteEndpointOperation = 0x803b000f;
    /// <summary>HCN_E_NETWORK_ALREADY_EXISTS.</summary>
    public const uint NetworkAlreadyExists = 0x803b0010;
    /// <summary>HCN_E_LAYER_ALREADY_EXISTS.</summary>
    public const uint LayerAlreadyExists = 0x803b0011;
    /// <summary>HCN_E_POLICY_ALREADY_EXISTS.</summary>
    public const uint PolicyAlreadyExists = 0x803b0012;
    /// <summary>HCN_E_PORT_ALREADY_EXISTS.</summary>
    public const uint PortAlreadyExists = 0x803b0013;
    /// <summary>HCN_E_ENDPOINT_ALREADY_ATTACHED.</summary>
    public const uint EndpointAlreadyAttached = 0x803b0014;
    /// <summary>HCN_E_REQUEST_UNSUPPORTED.</summary>
    public const uint RequestUnsupported = 0x803b0015;
    /// <summary>HCN_E_MAPPING_NOT_SUPPORTED.</summary>
    public const uint MappingNotSupported = 0x803b0016;
    /// <summary>HCN_E_DEGRADED_OPERATION.</summary>
    public const uint DegradedOperation = 0x803b0017;
    /// <summary>HCN_E_SHARED_SWITCH_MODIFICATION.</summary>
    public const uint SharedSwitchModification = 0x803b0018;
    /// <summary>HCN_E_GUID_CONVERSION_FAILURE.</summary>
    public const uint GuidConversionFailure = 0x803b0019;
    /// <summary>HCN_E_REGKEY_FAILURE.</summary>
    public const uint RegkeyFailure = 0x803b001a;
    /// <summary>HCN_E_INVALID_JSON.</summary>
    public const uint InvalidJson = 0x803b001b;
    /// <summary>HCN_E_INVALID_JSON_REFERENCE.</summary>
    public const uint InvalidJsonReference = 0x803b001c;
    /// <summary>HCN_E_ENDPOINT_SHARING_DISABLED.</summary>
    public const uint EndpointSharingDisabled = 0x803b001d;
    /// <summary>HCN_E_INVALID_IP.</summary>
    public const uint InvalidIp = 0x803b001e;
    /// <summary>HCN_E_SWITCH_EXTENSION_NOT_FOUND.</summary>
    public const uint SwitchExtensionNotFound = 0x803b001f;
    /// <summary>HCN_E_MANAGER_STOPPED.</summary>
    public const uint ServiceStopped = 0x803b0020;
    /// <summary>GCN_E_MODULE_NOT_FOUND.</summary>
    public const uint GuestModuleNotFound = 0x803b0021;
    /// <summary>GCN_E_NO_REQUEST_HANDLERS.</summary>
    public const uint GuestNoRequestHandlers = 0x803b0022;
    /// <summary>GCN_E_REQUEST_UNSUPPORTED.</summary>
    public const uint GuestRequestUnsupported = 0x803b0023;
    /// <summary>GCN_E_RUNTIMEKEYS_FAILED.</summary>
    public const uint GuestRuntimeKeysFailed = 0x803b0024;
    /// <summary>GCN_E_NETADAPTER_TIMEOUT.</summary>
    public const uint GuestNetAdapterTimeout = 0x803b0025;
    /// <summary>GCN_E_NETADAPTER_NOT_FOUND.</summary>
    public const uint GuestNetAdapterNotFound = 0x803b0026;
    /// <summary>GCN_E_NETCOMPARTMENT_NOT_FOUND.</summary>
    public const uint GuestNetCompartmentNotFound = 0x803b0027;
    /// <summary>GCN_E_NETINTERFACE_NOT_FOUND.</summary>
    public const uint GuestNetInterfaceNotFound = 0x803b0028;
    /// <summary>GCN_E_DEFAULTNAMESPACE_EXISTS.</summary>
    public const uint GuestDefaultNamespaceExists = 0x803b0029;
    /// <summary>HCN_E_ICS_DISABLED.</summary>
    public const uint IcsDisabled = 0x803b002a;
    /// <summary>HCN_E_ENDPOINT_NAMESPACE_ALREADY_EXISTS.</summary>
    public const uint EndpointNamespaceAlreadyExists = 0x803b002b;
    /// <summary>HCN_E_ENTITY_HAS_REFERENCES.</summary>
    public const uint EntityHasReferences = 0x803b002c;
    /// <summary>HCN_E_INVALID_INTERNAL_PORT.</summary>
    public const uint InvalidInternalPort = 0x803b002d;
    /// <summary>HCN_E_NAMESPACE_ATTACH_FAILED.</summary>
    public const uint NamespaceAttachFailed = 0x803b002e;
    /// <summary>HCN_E_ADDR_INVALID_OR_RESERVED.</summary>
    public const uint AddressInvalidOrReserved = 0x803b002f;
    /// <summary>HCN_E_INVALID_PREFIX.</summary>
    public const uint InvalidPrefix = 0x803b0030;
    /// <summary>HCN_E_OBJECT_USED_AFTER_UNLOAD.</summary>
    public const uint ObjectUsedAfterUnload = 0x803b0031;
    /// <summary>HCN_E_INVALID_SUBNET.</summary>
    public const uint InvalidSubnet = 0x803b0032;
    /// <summary>HCN_E_INVALID_IP_SUBNET.</summary>
    public const uint InvalidIpSubnet = 0x803b0033;
    /// <summary>HCN_E_ENDPOINT_NOT_ATTACHED.</summary>
    public const uint EndpointNotAttached = 0x803b0034;
    /// <summary>HCN_E_ENDPOINT_NOT_LOCAL.</summary>
    public const uint EndpointNotLocal = 0x803b0035;
    /// <summary>HCN_INTERFACEPARAMETERS_ALREADY_APPLIED.</summary>
    public const uint InterfaceParametersAlreadyApplied = 0x803b0036;
    /// <summary>HCN_E_VFP_NOT_ALLOWED.</summary>
    public const uint VfpNotAllowed = 0x803b0037;
    /// <summary>E_INVALIDARG (winerror.h).</summary>
    public const uint InvalidArgument = 0x80070057;
    /// <summary>HRESULT_FROM_WIN32(ERROR_NOT_FOUND), "Element not found" (winerror.h).</summary>
    public const uint ElementNotFound = 0x80070490;
    /// <summary>HRESULT_FROM_WIN32(ERROR_OBJECT_ALREADY_EXISTS) (winerror.h).</summary>
    public const uint ObjectAlreadyExists = 0x80071392;
    /// <summary>HRESULT_FROM_WIN32(ERROR_SHARING_VIOLATION), what HNS answers for a port in use (winerror.h).</summary>
    public const uint SharingViolation = 0x80070020;
    /// <summary>HRESULT_FROM_WIN32(ERROR_NOT_ENOUGH_QUOTA): no address, port or slot is left (winerror.h).</summary>
    public const uint NotEnoughQuota = 0x80070718;
    /// <summary>HRESULT_FROM_WIN32(ERROR_BUSY) (winerror.h).</summary>
    public const uint Busy = 0x800700aa;
    /// <summary>E_UNEXPECTED (winerror.h).</summary>
    public const uint Unexpected = 0x8000ffff;
    /// <summary>E_NOTIMPL (winerror.h).</summary>
    public const uint NotImplemented = 0x80004001;

    /// <summary>The code that stands for a kind when nothing more exact is known.</summary>
    public static uint ForKind(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => ElementNotFound,
        ErrorKind.AlreadyExists => ObjectAlreadyExists,
        ErrorKind.InvalidArgument => InvalidArgument,
        ErrorKind.Conflict => EntityHasReferences,
        ErrorKind.Exhausted => NotEnoughQuota,
        ErrorKind.Unsupported => RequestUnsupported,
        ErrorKind.Unavailable => Busy,
        _ => Unexpected,
    };
}
