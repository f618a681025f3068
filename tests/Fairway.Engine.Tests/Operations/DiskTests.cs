using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Testing.Kernel;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Tests.Operations;

/// <summary>The kernel is brought to a write while it goes to the disk; when the disk refuses, the kernel is brought back.</summary>
public sealed class DiskTests : OperationTest
{
    [Fact]
    public async Task Create_TheDiskRefuses_LeavesNothingInTheKernel()
    {
        Refuse();
        await AssertUnavailableAsync(() => CreateEndpointAsync("first", path: Foreign(1), publications: Port(8080)));
        Assert.Empty(Host.Kernel.Endpoints);
        Assert.Empty(Host.Kernel.Publications);
        Assert.Empty(Host.Networking.Endpoints);

        Accept();
        await CreateEndpointAsync("first", path: Foreign(2), publications: Port(8080));
        Assert.Single(Host.Kernel.Endpoints);
    }

    [Fact]
    public async Task Detach_TheDiskRefuses_LeavesTheEndpointInTheKernel()
    {
        var endpoint = await CreateEndpointAsync("first", path: Foreign(1), publications: Port(8080));
        var (before, published) = (Host.Kernel.Endpoints.Values.ToList(), Host.Kernel.Publications.Count);
        Refuse();
        await AssertUnavailableAsync(() => Host.Networking.DetachEndpointAsync("first", Cancellation));
        await AssertUnavailableAsync(() => Host.Networking.DeleteEndpointAsync("first", Cancellation));
        Assert.Equal(before, Host.Kernel.Endpoints.Values);
        Assert.Equal(published, Host.Kernel.Publications.Count);
        Assert.Equal(endpoint, Host.Networking.GetEndpoint("first"));
    }

    [Fact]
    public async Task Publish_TheDiskRefuses_PublishesNothing()
    {
        await CreateEndpointAsync("first", path: Foreign(1));
        Refuse();
        await AssertUnavailableAsync(() => Host.Networking.PublishAsync("first", [Port(8080)], Cancellation));
        Assert.Empty(Host.Kernel.Publications);

        Accept();
        await Host.Networking.PublishAsync("first", [Port(8080)], Cancellation);
        Assert.NotEmpty(Host.Kernel.Publications);
    }

    [Fact]
    public async Task Create_DiskAndKernelRefuse_LeavesNothing()
    {
        Refuse();
        Host.Kernel.FailNext(FakeOperation.EndpointApply, new InvalidOperationException("no memory"), afterwards: true);
        await AssertUnavailableAsync(() => CreateEndpointAsync("first", path: Foreign(1)));
        Assert.Empty(Host.Kernel.Endpoints);
    }

    [Fact]
    public async Task DeleteNamespace_TheDiskRefuses_LeavesIt()
    {
        var space = await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "room" }, Cancellation);
        Execute("ALTER TABLE namespaces RENAME TO nowhere");
        await AssertUnavailableAsync(() => Host.Networking.DeleteNamespaceAsync("room", Cancellation));
        Assert.NotNull(Host.Kernel.Identify(space.Spec.Path!));
        Assert.Equal("room", Assert.Single(Host.Networking.Namespaces).Spec.Name);
    }

    private static async Task AssertUnavailableAsync(Func<Task> operation) =>
        Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FairwayException>(operation)).Kind);

    private void Refuse() => Execute("ALTER TABLE endpoints RENAME TO elsewhere");

    private void Accept() => Execute("ALTER TABLE elsewhere RENAME TO endpoints");

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Host.Directory, "fairway.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
