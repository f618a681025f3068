using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Translation;

/// <summary>How a resource is, in the form HNS says it.</summary>
internal static class HealthTranslation
{
    private static readonly JsonElement s_healthy = HcnJson.ToElement(new HealthData { LastErrorCode = 0 });

    public static HcnHealth Healthy(HcnHealth? received) => (received ?? new HcnHealth()) with { Data = s_healthy };

    public static HcnHealth Degraded(HcnHealth? received, string? message) => (received ?? new HcnHealth()) with
    {
        Data = HcnJson.ToElement(new HealthData { LastErrorCode = HcnErrorCode.DegradedOperation, Message = message }),
    };
}
