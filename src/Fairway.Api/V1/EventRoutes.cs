using System.Globalization;
using Fairway.Api.Http;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Changes;
using Fairway.Model.Errors;
using Fairway.Model.Flows;
using Fairway.Model.Json;

namespace Fairway.Api.V1;

/// <summary>The streams: what the switch reports, and what changes.</summary>
internal sealed class EventRoutes(IHostNetworking host, ISwitchEvents events, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/flows/events", FlowsAsync)
            .Gives<FlowEvent>("Drops and new connections as they happen, until the client leaves; the event's type is its kind.", contentType: EventStream.ContentType);
        routes.MapGet("/v1/changes", ChangesAsync)
            .Gives<Change>("Changes of resources; the event's type is the kind of change, its id the revision.", contentType: EventStream.ContentType,
                query: ("after", "Begin with the change after this revision; now when left out. Last-Event-ID, as browsers send it, goes before."));
    }

    private Task FlowsAsync(HttpContext context)
    {
        var names = new PortNames(host);
        return EventStream.WriteAsync(context, events.ReadAsync(context.RequestAborted),
            seen => new StreamedEvent<FlowEvent>(names.Describe(seen), seen.Kind.ToString()), FairwayJson.Contract<FlowEvent>(), stopping);
    }

    private Task ChangesAsync(HttpContext context) => EventStream.WriteAsync(context, host.WatchAsync(After(context), context.RequestAborted),
        change => new StreamedEvent<Change>(change, change.Kind.ToString(), change.Revision), FairwayJson.Contract<Change>(), stopping);

    /// <summary>Where to begin: the last event a reconnecting client saw, what the query says, or now.</summary>
    private long After(HttpContext context)
    {
        var text = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["after"].FirstOrDefault();
        if (text is null) return host.Revision;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new FairwayException(ErrorKind.InvalidArgument, "after", $"'{text}' is not a revision; give a whole number from 0");
    }
}
