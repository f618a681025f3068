using Fairway.Model.Json;
using Fairway.Model.Policies;

namespace Fairway.Api.V1;

/// <summary>Writes answers that are access rules, portion by portion.</summary>
internal static class RuleAnswer
{
    // About 80 KB, that wait for a client to take them.
    private const int InOnePortion = 256;

    public static async Task WriteAsync(HttpContext context, int status, IEnumerable<AclRule> rules)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var output = context.Response.BodyWriter;
        using var writer = new AclRuleWriter(output);
        writer.Begin();
        foreach (var some in rules.Chunk(InOnePortion))
        {
            writer.Write(some);
            await output.FlushAsync(context.RequestAborted);
        }
        writer.End();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
        await output.FlushAsync(context.RequestAborted);
    }
}
