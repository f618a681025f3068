using Fairway.Engine.Store;
using Fairway.Engine.Tests.Fixtures;
using Fairway.Model.Errors;
using Fairway.Model.Requests;
using Fairway.Testing;
using Fairway.Torture.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Torture.Tests.PowerLoss;

/// <summary>The machine loses its power while the store is written; what was answered is on the disk, and nothing is there by halves.</summary>
public sealed class PowerLossTests
{
    /// <summary>More than a checkpoint of the log needs.</summary>
    private const int Writes = 120;

    private readonly Random _random = Run.Chance(nameof(PowerLossTests));

    [Fact]
    public async Task Write_TornAnywhere_IsThereWhollyOrNot()
    {
        List<StoreFiles> history = await RecordAsync();
        int checkpoints = 0, opened = 0;
        for (int i = 1; i < history.Count; i++)
        {
            StoreFiles before = history[i - 1], after = history[i];
            Assert.NotEqual(before.State, after.State);
            bool checkpoint = !before.Database.AsSpan().SequenceEqual(after.Database);
            checkpoints += checkpoint ? 1 : 0;
            for (int attempt = 0; attempt < (checkpoint ? 50 : 8); attempt++)
            {
                // The log reaches the disk before the database is touched.
                opened++;
                string torn = Load(before with { Log = Torn.MixLog(before.Log, after.Log, _random) });
                Assert.True(torn == before.State || torn == after.State, $"write {i}, log torn, checkpoint: {checkpoint} (seed {Run.Seed}):\n{torn}\nis neither\n{before.State}\nnor\n{after.State}");
                if (checkpoint)
                    Assert.Equal(after.State, Load(after with { Database = Torn.Mix(before.Database, after.Database, _random) }));
            }
            Assert.Equal(after.State, Load(after));
        }
        Assert.True(checkpoints > 1, "no checkpoint was seen");
        Run.Tell($"store torn {opened} times in {history.Count} writes, {checkpoints} checkpoints: always the state before or after the write");
    }

    /// <summary>A disk that loses what it said it had: an earlier state is found, or damage is told; never an invented one, never an empty one.</summary>
    [Fact]
    public async Task Files_CutAnywhere_AreAnEarlierState_OrRefused()
    {
        List<StoreFiles> history = await RecordAsync();
        // What a store has from its first moment, whatever happens to its log: whose it is, and the host's prefix.
        string first = Load(history[0] with { Log = [] });
        Assert.Equal(Prefix(history[0].State), Prefix(first));
        HashSet<string> states = [first, .. history.Select(files => files.State)];
        int earlier = 0, refused = 0;
        for (int i = 0; i < 400; i++)
        {
            StoreFiles files = history[_random.Next(history.Count)];
            files = _random.Next(3) switch
            {
                0 => files with { Log = Torn.Cut(files.Log, _random) },
                1 => files with { Database = Torn.Cut(files.Database, _random) },
                _ => files with { Database = [] },
            };
            try
            {
                string state = Load(files);
                Assert.True(states.Contains(state), $"cut number {i} (seed {Run.Seed}): database of {files.Database.Length} bytes, log of {files.Log.Length}:\n{state}");
                earlier++;
            }
            catch (FairwayException damaged)
            {
                Assert.Equal(ErrorKind.Internal, damaged.Kind);
                Assert.Contains("backup", damaged.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(earlier > 0 && refused > 0, $"{earlier} and {refused}");
        Run.Tell($"store cut 400 times: {earlier} times an earlier state, {refused} times refused with a remedy");
    }

    /// <summary>The files after each of many writes.</summary>
    private static async Task<List<StoreFiles>> RecordAsync()
    {
        await using TestEngine host = await TestEngine.StartAsync(time: new FakeTimeProvider());
        var cancellation = TestContext.Current.CancellationToken;
        List<StoreFiles> history = [];
        void Note() => history.Add(StoreFiles.Read(host.Directory, StateText.Of(host.Engine.Store.Current)));
        Note();
        await host.Networking.CreateNetworkAsync(new() { Name = "web" }, cancellation);
        Note();
        for (int i = 0; history.Count < Writes; i++)
        {
            await host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = $"e{i}", Network = "web", Publications = [new() { HostPort = (ushort)(1000 + i), ContainerPort = 80 }] }, cancellation);
            Note();
            if (i % 3 == 2)
            {
                await host.Networking.DeleteEndpointAsync($"e{i - 1}", cancellation);
                Note();
            }
        }
        return history;
    }

    private static string Prefix(string state) => state.Split('\n')[0].Split("prefix ")[1].Split(' ')[0];

    private static string Load(StoreFiles files)
    {
        string directory = TestEngine.NewDirectory();
        try
        {
            files.Write(directory);
            using StoreDatabase database = StoreDatabase.Open(Path.Combine(directory, StoreFiles.DatabaseName), "fairway", DateTimeOffset.UnixEpoch, _ => { });
            return StateText.Of(database.Load());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
