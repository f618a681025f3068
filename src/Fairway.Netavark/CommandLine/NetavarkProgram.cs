using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairway.Client;
using Fairway.Model.Errors;
using Fairway.Netavark.Commands;
using Fairway.Netavark.Documents;
using Fairway.Netavark.Translation;

namespace Fairway.Netavark.CommandLine;

/// <summary>One call: a request in, an answer or an error out. Whatever goes wrong, standard output holds <c>{"error": ...}</c> and nothing else.</summary>
internal static class NetavarkProgram
{
    /// <summary>The request was refused.</summary>
    private const int Refused = 1;

    /// <summary>The command line was.</summary>
    private const int Misused = 2;

    private const string PluginApi = "1.0.0";

    /// <summary>Answers one call.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, Streams streams, FairwayClient client, TimeProvider time)
    {
        try
        {
            await RunAsync(CommandLineReader.Read(words), streams, client, time).ConfigureAwait(false);
            return 0;
        }
        catch (UsageException misuse)
        {
            return Fail(streams, misuse.Message, Misused);
        }
        catch (Exception problem)
        {
            return Fail(streams, problem.Message, Refused);
        }
    }

    private static async Task RunAsync(Invocation invocation, Streams streams, FairwayClient client, TimeProvider time)
    {
        switch (invocation.Verb)
        {
            case Verb.Setup:
                RefuseRootless(invocation);
                await SetupAsync(invocation, streams, client).ConfigureAwait(false);
                break;
            case Verb.Teardown:
                RefuseRootless(invocation);
                var leaving = ContainerReader.Read((await ReadAsync(invocation, streams).ConfigureAwait(false)).Span);
                await new TeardownCommand(client).RunAsync(leaving, invocation.Operand).ConfigureAwait(false);
                break;
            case Verb.Create:
                var created = await new CreateCommand(client, time).RunAsync(await ReadAsync(invocation, streams).ConfigureAwait(false)).ConfigureAwait(false);
                Write(streams, created, NetavarkJson.Default.NetworkDocument);
                break;
            case Verb.Update:
                await new UpdateCommand(client).RunAsync(invocation).ConfigureAwait(false);
                break;
            case Verb.Version:
                Write(streams, new VersionDocument(Product.Version, "", "", RuntimeInformation.RuntimeIdentifier), NetavarkJson.Default.VersionDocument);
                break;
            case Verb.Info:
                Write(streams, new PluginVersion(Product.Version, PluginApi), NetavarkJson.Default.PluginVersion);
                break;
            default:
                streams.Output.Write(System.Text.Encoding.UTF8.GetBytes(invocation.Verb == Verb.Help ? HelpText.Text : $"fairway-netavark {Product.Version}\n"));
                break;
        }
    }

    private static async Task SetupAsync(Invocation invocation, Streams streams, FairwayClient client)
    {
        var request = await ReadAsync(invocation, streams).ConfigureAwait(false);
        var statuses = await new SetupCommand(client, streams.Log).RunAsync(ContainerReader.Read(request.Span), invocation.Operand).ConfigureAwait(false);
        if (ContainerReader.IsForPlugin(request.Span))
            Write(streams, statuses.Values.Single(), NetavarkJson.Default.StatusDocument);
        else
            Write(streams, statuses, NetavarkJson.Default.IReadOnlyDictionaryStringStatusDocument);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Invocation invocation, Streams streams)
    {
        if (invocation.File is not { } path)
            return await RequestReader.ReadAsync(streams.Input).ConfigureAwait(false);
        var file = File.OpenRead(path);
        await using var owned = file.ConfigureAwait(false);
        return await RequestReader.ReadAsync(file).ConfigureAwait(false);
    }

    private static void RefuseRootless(Invocation invocation)
    {
        if (invocation.Rootless)
        {
            throw new FairwayException(ErrorKind.Unsupported, "rootless Podman",
                "Fairway connects containers of root's Podman only: run podman as root, or set helper_binaries_dir in ~/.config/containers/containers.conf to the directory of Podman's own netavark");
        }
    }

    private static int Fail(Streams streams, string message, int code)
    {
        Write(streams, new ErrorMessage(message), NetavarkJson.Default.ErrorMessage);
        return code;
    }

    private static void Write<T>(Streams streams, T document, JsonTypeInfo<T> contract)
    {
        JsonSerializer.Serialize(streams.Output, document, contract);
        streams.Output.WriteByte((byte)'\n');
        streams.Output.Flush();
    }
}
