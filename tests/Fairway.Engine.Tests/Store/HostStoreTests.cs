using Fairway.Engine.Diagnostics;
using Fairway.Engine.Store;
using Fairway.Engine.Tests.Fixtures;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Tests.Store;

public sealed class HostStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<EngineMessage> _messages = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Write_IsThereAfterReopening()
    {
        string written;
        using (var store = Open())
        {
            await AddAsync(store, "web");
            await AddAsync(store, "api");
            written = StateText.Of(store.Current);
        }
        using var reopened = Open();
        Assert.Equal(written, StateText.Of(reopened.Current));
        Assert.Equal(2, reopened.Current.Revision);
    }

    [Fact]
    public async Task Write_ThatThrows_ChangesNothing()
    {
        using var store = Open();
        await AddAsync(store, "web");
        var before = StateText.Of(store.Current);
        await Assert.ThrowsAsync<FairwayException>(() => store.WriteAsync<bool>(transaction =>
        {
            transaction.Put(Network(transaction, "api"));
            throw new FairwayException(ErrorKind.Conflict, "x", "x");
        }));
        Assert.Equal(before, StateText.Of(store.Current));
        await AddAsync(store, "api");
        Assert.Equal(2, store.Current.Revision);
    }

    [Fact]
    public async Task Write_OfNothing_IsNoRevision()
    {
        using var store = Open();
        Assert.Equal(7, await store.WriteAsync(_ => 7));
        Assert.Equal(0, store.Current.Revision);
    }

    [Fact]
    public async Task Writes_AtTheSameTime_AreOneRevisionEach_InOrder()
    {
        using var store = Open();
        var told = new List<long>();
        store.Entered = (state, _) => told.Add(state.Revision);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => AddAsync(store, $"n{i}"))));
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), told);
        Assert.Equal(200, store.Current.Networks.Values.Select(scope => scope.Network.Revision).Distinct().Count());
        Assert.Equal(200, store.Current.Networks.Values.Select(scope => scope.Network.Number).Distinct().Count());
    }

    [Fact]
    public async Task Write_RefusedBecauseOfAnotherOne_IsAnsweredWhenThatIsThere()
    {
        using var store = Open();
        for (var i = 0; i < 100; i++)
        {
            var first = AddAsync(store, $"n{i}");
            await Assert.ThrowsAsync<FairwayException>(() => store.WriteAsync<bool>(transaction => throw new FairwayException(ErrorKind.AlreadyExists, "network", "exists already")));
            Assert.True(store.Current.NetworkNames.ContainsKey($"n{i}"));
            await first;
        }
    }

    [Fact]
    public async Task Write_TheDiskRefuses_IsUnavailable_AndLaterOnesWork()
    {
        using var store = Open();
        await AddAsync(store, "web");
        var before = StateText.Of(store.Current);
        Execute("ALTER TABLE cursors RENAME TO elsewhere");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => AddAsync(store, "api"));
        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
        Assert.Contains("nothing was changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, StateText.Of(store.Current));

        Execute("ALTER TABLE elsewhere RENAME TO cursors");
        await AddAsync(store, "api");
        Assert.Equal(2, store.Current.Revision);
    }

    [Fact]
    public async Task Writes_OnTopOfARefusedOne_AreRefusedToo()
    {
        using var store = Open();
        Execute("ALTER TABLE cursors RENAME TO elsewhere");
        var writes = Enumerable.Range(0, 20).Select(i => AddAsync(store, $"n{i}")).ToList();
        foreach (var write in writes)
            Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FairwayException>(() => write)).Kind);
        Assert.Equal(0, store.Current.Revision);
        Assert.Empty(store.Current.Networks);
    }

    [Fact]
    public void Open_OfADirectoryInUse_NamesTheHolder()
    {
        using var store = Open();
        var refused = Assert.Throws<FairwayException>(Open);
        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
        Assert.Contains($"a fairwayd with pid {Environment.ProcessId} uses it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterClosing_Works()
    {
        Open().Dispose();
        Open().Dispose();
    }

    [Fact]
    public void Open_OfAnotherInstancesStore_IsRefused()
    {
        Open().Dispose();
        var refused = Assert.Throws<FairwayException>(() => HostStore.Open(_directory.Path, "other", TimeProvider.System, _messages.Add));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains("belongs to instance 'fairway', not 'other'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_KeepTheFirstValue_AcrossRestarts()
    {
        using (var store = Open())
        {
            store.Settings.Remember("net.ipv4.ip_local_reserved_ports", "");
            store.Settings.Remember("net.ipv4.ip_local_reserved_ports", "61000-65535");
            store.Settings.Remember("net.ipv6.conf.eth0.accept_ra", "1");
            await AddAsync(store, "web");
        }
        using (var store = Open())
        {
            Assert.Equal("", store.Settings.Original("net.ipv4.ip_local_reserved_ports"));
            Assert.Equal(2, store.Settings.All().Count);
            store.Settings.Forget("net.ipv6.conf.eth0.accept_ra");
            Assert.Null(store.Settings.Original("net.ipv6.conf.eth0.accept_ra"));
        }
        using var last = Open();
        Assert.Equal(["net.ipv4.ip_local_reserved_ports"], last.Settings.All().Keys);
    }

    [Fact]
    public void HostPrefix_IsRandom_AndStays()
    {
        using var other = new TemporaryDirectory();
        using var elsewhere = HostStore.Open(other.Path, "fairway", TimeProvider.System, _messages.Add);
        System.Net.IPNetwork prefix;
        using (var store = Open())
            prefix = store.Current.HostPrefix;
        using var reopened = Open();
        Assert.Equal(prefix, reopened.Current.HostPrefix);
        Assert.NotEqual(prefix, elsewhere.Current.HostPrefix);
        Assert.Equal(48, prefix.PrefixLength);
        Assert.Equal(0xfd, prefix.BaseAddress.GetAddressBytes()[0]);
    }

    [Fact]
    public async Task Backup_IsAStoreOfTheSameState_AndNeverOverwrites()
    {
        using var store = Open();
        await AddAsync(store, "web");
        using var copy = new TemporaryDirectory();
        store.Backup(copy.File("fairway.db"));
        Assert.Equal(ErrorKind.AlreadyExists, Assert.Throws<FairwayException>(() => store.Backup(copy.File("fairway.db"))).Kind);
        Assert.Equal(ErrorKind.Unavailable, Assert.Throws<FairwayException>(() => store.Backup("/proc/fairway.db")).Kind);
        using var restored = HostStore.Open(copy.Path, "fairway", TimeProvider.System, _messages.Add);
        Assert.Equal(StateText.Of(store.Current), StateText.Of(restored.Current));
    }

    private HostStore Open() => HostStore.Open(_directory.Path, "fairway", TimeProvider.System, _messages.Add);

    private static Task<bool> AddAsync(HostStore store, string name) => store.WriteAsync(transaction =>
    {
        transaction.Put(Network(transaction, name));
        return true;
    });

    private static Network Network(StoreTransaction transaction, string name) =>
        new(new NetworkSpec { Id = Guid.NewGuid(), Name = name, Subnets = [new SubnetSpec(System.Net.IPNetwork.Parse("10.0.0.0/24"))] }, transaction.TakeNumber(Engine.Ipam.NumberKind.Network), 1500, 0);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File("fairway.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
