using Fairway.Testing.Contract;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests;

/// <summary>The fake keeps the contract the real drivers keep.</summary>
public static class FakeKernelContractTests
{
    public sealed class Namespaces : NamespaceDriverContract
    {
        protected override IDriverHost OpenHost() => new FakeDriverHost();
    }

    public sealed class Networks : NetworkDriverContract
    {
        protected override IDriverHost OpenHost() => new FakeDriverHost();
    }

    public sealed class Endpoints : EndpointDriverContract
    {
        protected override IDriverHost OpenHost() => new FakeDriverHost();
    }

    public sealed class VirtualNics : VirtualNicContract
    {
        protected override IDriverHost OpenHost() => new FakeDriverHost();
    }

    public sealed class Publications : PublicationDriverContract
    {
        protected override IDriverHost OpenHost() => new FakeDriverHost();
    }

    public sealed class Host : HostContract
    {
        protected override IDriverHost OpenHost() => new FakeDriverHost();
    }
}
