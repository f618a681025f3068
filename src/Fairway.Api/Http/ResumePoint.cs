using System.Globalization;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;

namespace Fairway.Api.Http;

/// <summary>Where a stream of changes begins: after the last event a reconnecting client saw, after what the query says, or now.</summary>
internal static class ResumePoint
{
    private const string Parameter = "after";

    public static (string Name, string Meaning) Documentation =>
        (Parameter, "Begin with the change after this revision; now when left out. Last-Event-ID, as browsers send it, goes before.");

    public static long Of(HttpContext context, IHostNetworking host)
    {
        var text = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query[Parameter].FirstOrDefault();
        if (text is null) return host.Revision;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new FairwayException(ErrorKind.InvalidArgument, Parameter, $"'{text}' is not a revision; give a whole number from 0");
    }
}
