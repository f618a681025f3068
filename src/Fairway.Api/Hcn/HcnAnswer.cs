using System.Text.Json.Serialization.Metadata;
using Fairway.Api.Http;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Api.Hcn;

/// <summary>Answers in the form of the HCN schema.</summary>
internal static class HcnAnswer
{
    public static JsonTypeInfo<T> Contract<T>() => (JsonTypeInfo<T>)HcnJson.Options.GetTypeInfo(typeof(T));

    public static Task WriteAsync<T>(HttpContext context, T document) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, document, Contract<T>());

    public static Task WriteCreatedAsync<T>(HttpContext context, T document) => JsonAnswer.WriteAsync(context, StatusCodes.Status201Created, document, Contract<T>());

    /// <summary>A change was made and brought nothing forth.</summary>
    public static Task WriteModifiedAsync(HttpContext context) => WriteAsync(context, new ModifySettingResponse { Success = true, ErrorCode = 0 });
}
