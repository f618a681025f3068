using Fairway.Testing.Contract;

namespace Fairway.Dataplane.Tests.Contract;

/// <summary>The drivers keep the contract the fake kernel keeps.</summary>
public static class RealKernelContractTests
{
    public sealed class Namespaces : NamespaceDriverContract
    {
        protected override IDriverHost OpenHost() => new RealDriverHost();
    }

    public sealed class Networks : NetworkDriverContract
    {
        protected override IDriverHost OpenHost() => new RealDriverHost();
    }

    public sealed class Endpoints : EndpointDriverContract
    {
        protected override IDriverHost OpenHost() => new RealDriverHost();
    }

    public sealed class VirtualNics : VirtualNicContract
    {
        protected override IDriverHost OpenHost() => new RealDriverHost();
    }

    public sealed class Publications : PublicationDriverContract
    {
        protected override IDriverHost OpenHost() => new RealDriverHost();
    }

    public sealed class Host : HostContract
    {
        protected override IDriverHost OpenHost() => new RealDriverHost();
    }
}
