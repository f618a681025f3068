using Fairway.Api.Http;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Changes;
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
                query: ResumePoint.Documentation);
    }

    private Task FlowsAsync(HttpContext context)
    {
        var names = new PortNames(host);
        return EventStream.WriteAsync(context, events.ReadAsync(context.RequestAborted),
            seen => new StreamedEvent<FlowEvent>(names.Describe(seen), seen.Kind.ToString()), FairwayJson.Contract<FlowEvent>(), stopping);
    }

    private Task ChangesAsync(HttpContext context) => EventStream.WriteAsync(context, host.WatchAsync(ResumePoint.Of(context, host), context.RequestAborted),
        change => new StreamedEvent<Change>(change, change.Kind.ToString(), change.Revision), FairwayJson.Contract<Change>(), stopping);
}
