using System.CommandLine;
using Fairway.Model.Errors;

namespace Fairway.Cli.CommandLine;

/// <summary>Where failures become a sentence and an exit code.</summary>
internal static class Boundary
{
    public static async Task<int> RunAsync(ParseResult parse, Func<Session, Task<int>> body, CancellationToken cancellation)
    {
        var invocation = (Invocation)parse.InvocationConfiguration;
        using var session = new Session(parse, invocation.Terminal, invocation.Time, cancellation);
        try
        {
            return await body(session);
        }
        catch (FairwayException e)
        {
            return Report(session, e);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is not IOException { HResult: BrokenPipe })
        {
            return Report(session, new FairwayException(ErrorKind.Internal, "fairway", e.Message, inner: e));
        }
    }

    /// <summary>Writes a failure; <c>exec</c> and <c>delete</c> go on, or answer a code of their own.</summary>
    public static int Report(Session session, FairwayException failure)
    {
        Failure.Write(session.Terminal, session.Format, failure);
        return ExitCode.Of(failure.Kind);
    }

    /// <summary>EPIPE, as .NET puts it into IOException.HResult.</summary>
    public const int BrokenPipe = 32;
}
