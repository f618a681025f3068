using System.Text.Json;
using Fairway.Client;
using Fairway.Client.Direct;
using Fairway.Cni.Commands;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Cni.Results;
using Fairway.Model.Errors;

namespace Fairway.Cni;

/// <summary>One call of a runtime: parameters in the environment, configuration on standard input, a result or an error on standard output.</summary>
internal static class Plugin
{
    /// <summary>Answers the call; never throws.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="log">Takes a line for people.</param>
    /// <returns>The exit code: 0, or 1 with an error result written.</returns>
    public static int Run(Func<string, string?> variable, Stream input, Stream output, Action<string> log)
    {
        try
        {
            return Answer(variable, input, output, log);
        }
        catch (IOException e)
        {
            // The runtime hung up: there is nobody to tell but whoever reads the log.
            log($"write the answer: {e.Message}");
            return 1;
        }
    }

    private static int Answer(Func<string, string?> variable, Stream input, Stream output, Action<string> log)
    {
        // What an error is answered in, until the request's own version is known.
        var version = CniVersion.Latest;
        try
        {
            var environment = CniEnvironment.Read(variable);
            using var document = ConfigurationInput.Read(input, mayBeEmpty: environment.Command == CniCommand.Version);
            version = ConfigurationInput.VersionOf(document, environment.Command);
            Run(environment, document.RootElement, version, output, log);
            return 0;
        }
        catch (CniException e)
        {
            ErrorResult.Write(output, version, e.Code, e.Message);
        }
        catch (FairwayException e)
        {
            ErrorResult.Write(output, version, CniErrorCode.Of(e), e.Message);
        }
        catch (Exception e)
        {
            ErrorResult.Write(output, version, CniErrorCode.Internal, $"fairway-cni: {e.GetType().Name}: {e.Message}");
        }
        return 1;
    }

    /// <summary>An ADD whose answer nobody gets has failed, and leaves nothing.</summary>
    private static void Add(AddCommand command, Stream output)
    {
        var result = command.Run();
        try
        {
            result.Write(output);
        }
        catch (IOException)
        {
            command.TakeBack();
            throw;
        }
    }

    private static void Run(CniEnvironment environment, JsonElement document, CniVersion version, Stream output, Action<string> log)
    {
        if (environment.Command == CniCommand.Version)
        {
            VersionResult.Write(output, version);
            return;
        }
        var configuration = ConfigurationReader.Read(document, version, environment.Command);
        using var client = new DirectClient(new FairwayClientOptions { SocketPath = configuration.SocketPath, UserAgent = "fairway-cni" }, DaemonConnection.Open);
        switch (environment.Command)
        {
            case CniCommand.Add:
                Add(new AddCommand(environment, configuration, client), output);
                break;
            case CniCommand.Del:
                DelCommand.Run(environment, configuration, client);
                break;
            case CniCommand.Check:
                new CheckCommand(environment, configuration, client).Run();
                break;
            case CniCommand.Gc:
                GcCommand.Run(configuration, client);
                break;
            case CniCommand.Status:
                StatusCommand.Run(configuration, client, log);
                break;
        }
    }
}
