using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Hcn.Notifications;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/version</c> and <c>/hcn/v2/notifications</c>.</summary>
internal sealed class HcnServiceRoutes(IHostNetworking host, CancellationToken stopping)
{
    /// <summary>From HNS 16.0 on, clients take every feature for present and ask instead of guessing.</summary>
    public static SchemaVersion Version { get; } = new() { Major = 16, Minor = 0 };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hcn/v2/version", context => HcnAnswer.WriteAsync(context, Version))
            .Gives<SchemaVersion>("The version of HNS whose behaviour is offered.");
        routes.MapGet("/hcn/v2/notifications", NotificationsAsync)
            .Gives<HcnNotification>("Networks and namespaces created and deleted, endpoints attached and detached; the event's type is the notification's name.",
                contentType: EventStream.ContentType, query: ResumePoint.Documentation);
    }

    private Task NotificationsAsync(HttpContext context) => EventStream.WriteAsync(context, host.WatchAsync(ResumePoint.Of(context, host), context.RequestAborted),
        change => HcnNotification.For(change) is { } notification
            ? new StreamedEvent<HcnNotification>(notification, notification.NotificationType.ToString(), change.Revision)
            : null,
        HcnAnswer.Contract<HcnNotification>(), stopping);
}
