using Fairway.Engine.Diagnostics;
using Fairway.Engine.Store;
using Fairway.Engine.Tests.Fixtures;
using Fairway.Model.Errors;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Tests.Store;

/// <summary>Files that are not what this release writes.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _copy = new();
    private readonly List<EngineMessage> _messages = [];

    public void Dispose()
    {
        _directory.Dispose();
        _copy.Dispose();
    }

    [Theory]
    [InlineData("schema1.db")]
    [InlineData("schema2.db")]
    [InlineData("schema3.db")]
    [InlineData("schema4.db")]
    public async Task OlderStore_IsUpgraded_Told_AndKept(string fixture)
    {
        Use(fixture);
        string upgraded;
        using (var store = Open())
        {
            upgraded = StateText.Of(store.Current);
            Assert.Equal(["web"], store.Current.NetworkNames.Keys);
            Assert.Equal(["c1", "c2"], store.Current.Endpoints.Values.Select(endpoint => endpoint.Spec.Name!).Order(StringComparer.Ordinal));
            Assert.Equal(4, store.Current.Networks.Values.Single().Leases.Count);
            Assert.Equal(2, store.Current.Publications.Count);
            Assert.Equal("0", store.Settings.Original("net.ipv6.conf.eth0.accept_ra"));
            // It takes writes.
            await store.WriteAsync(transaction => transaction.TakeNumber(Engine.Ipam.NumberKind.Network));
        }
        Assert.Contains(_messages, message => message.Text.Contains($"to schema {Migration.Newest}", StringComparison.Ordinal));

        var backup = Assert.Single(Directory.GetFiles(_directory.Path, $"fairway.db.{Path.GetFileNameWithoutExtension(fixture)}.*"));
        using var old = new TemporaryDirectory();
        File.Copy(backup, old.File("fairway.db"));
        using var again = HostStore.Open(old.Path, "fairway", TimeProvider.System, _messages.Add);
        Assert.Equal(upgraded, StateText.Of(again.Current));
    }

    [Fact]
    public void Fixtures_ExistForEveryOlderSchema() => Assert.Equal(
        Migration.All.Select(step => $"schema{step.Version}.db").SkipLast(1),
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "schema*.db").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Log_HasItsLengthFromTheStart_AndKeepsIt()
    {
        using var store = Open();
        var log = new FileInfo(_directory.File("fairway.db-wal"));
        var length = log.Length;
        Assert.True(length > 1_000_000);
        for (var i = 0; i < 1000; i++)
            await store.WriteAsync(transaction => transaction.TakeNumber(Engine.Ipam.NumberKind.Network));
        log.Refresh();
        Assert.Equal(length, log.Length);
    }

    [Fact]
    public void Migrations_AreNumberedOneByOne() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(step => step.Version));

    [Fact]
    public void NewStore_TellsNothing()
    {
        Open().Dispose();
        Open().Dispose();
        Assert.Empty(_messages);
    }

    [Fact]
    public void NewerStore_IsRefused_AndNotTouched()
    {
        Open().Dispose();
        Execute("PRAGMA user_version = 99");
        var before = File.ReadAllBytes(_directory.File("fairway.db"));
        var refused = Assert.Throws<FairwayException>(Open);
        Assert.Equal(ErrorKind.Unsupported, refused.Kind);
        Assert.Contains("a newer release wrote it (schema 99, this one knows 5)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_directory.File("fairway.db")));
    }

    [Fact]
    public void OtherProgramsDatabase_IsRefused()
    {
        Execute("CREATE TABLE songs (title TEXT)");
        Assert.Contains("it is a database of another program", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefused()
    {
        File.WriteAllText(_directory.File("fairway.db"), new string('x', 8192));
        Assert.Contains("put a backup in its place", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void CutFile_IsRefused()
    {
        Use("schema1.db");
        using (var file = File.OpenWrite(_directory.File("fairway.db")))
            file.SetLength(file.Length / 2);
        Assert.Contains("put a backup in its place", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void EmptiedFile_WithALogOfWrites_IsRefused_AndTheLogKept()
    {
        File.WriteAllBytes(_directory.File("fairway.db"), []);
        File.WriteAllBytes(_directory.File("fairway.db-wal"), new byte[5000]);
        var refused = Assert.Throws<FairwayException>(() => Open());
        Assert.Equal(ErrorKind.Internal, refused.Kind);
        Assert.Contains("put a backup in its place", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory.File("fairway.db-wal")));
    }

    [Fact]
    public void NewStore_ThatLosesItsLog_IsTheSameStore()
    {
        string prefix;
        using (var store = Open())
        {
            prefix = store.Current.HostPrefix.ToString();
            Copy(logBytes: 0);
        }
        using var again = HostStore.Open(_copy.Path, "fairway", TimeProvider.System, _messages.Add);
        Assert.Equal(prefix, again.Current.HostPrefix.ToString());
    }

    /// <summary>Pages of an old log would lie between the newer ones of the file.</summary>
    [Fact]
    public async Task LogThatEndsBeforeTheFile_IsRefused()
    {
        using (var store = Open())
        {
            byte[] start = Bytes("fairway.db");
            do
                await store.WriteAsync(transaction => transaction.TakeNumber(Engine.Ipam.NumberKind.Network));
            while (start.AsSpan().SequenceEqual(Bytes("fairway.db")));
            Copy(logBytes: 32 + (20 * (24 + 4096)));
        }
        var refused = Assert.Throws<FairwayException>(() => HostStore.Open(_copy.Path, "fairway", TimeProvider.System, _messages.Add));
        Assert.Contains("its log of writes ends before", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedPage_IsRefused()
    {
        Use("schema1.db");
        using (var file = File.OpenWrite(_directory.File("fairway.db")))
        {
            file.Position = 4096 + 8;
            file.Write(new byte[3000]);
        }
        Assert.Contains("damaged", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void UnreadableRow_IsNamed()
    {
        Use("schema1.db");
        Open().Dispose();
        Execute("UPDATE networks SET document = '{'");
        var message = Refused();
        Assert.Matches("row '[0-9a-f-]{36}' of table 'networks' is unreadable", message);
    }

    private string Refused()
    {
        var refused = Assert.Throws<FairwayException>(Open);
        Assert.Equal(ErrorKind.Internal, refused.Kind);
        return refused.Message;
    }

    private void Use(string fixture) => File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", fixture), _directory.File("fairway.db"));

    /// <summary>The files as a machine that stops now leaves them, but for the end of the log.</summary>
    private void Copy(int logBytes)
    {
        File.WriteAllBytes(_copy.File("fairway.db"), Bytes("fairway.db"));
        File.WriteAllBytes(_copy.File("fairway.db-wal"), Bytes("fairway.db-wal")[..logBytes]);
    }

    private byte[] Bytes(string name)
    {
        using var file = new FileStream(_directory.File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private HostStore Open() => HostStore.Open(_directory.Path, "fairway", TimeProvider.System, _messages.Add);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File("fairway.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
