using System.Text.Json;
using System.Text.Json.Serialization;
using DataGen.Contracts;
using DataGen.Gateway.Api.Definitions;
using DataGen.Gateway.Api.Events;
using DataGen.Gateway.Api.Explore;
using DataGen.Gateway.Api.Metrics;
using DataGen.Gateway.Api.Previews;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.ApiTokens;
using DataGen.Gateway.Auth;
using DataGen.Gateway.Callers;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Users;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Mvc;

namespace DataGen.Gateway.Api;

/// <summary>Registers and maps <c>/api</c>.</summary>
internal static class ApiExtensions
{
    /// <summary>A prompt of 8000 characters has at most 48 KB when every character is escaped.</summary>
    private const int LargestBody = 64 * 1024;

    /// <summary>Adds the clients of Tasks and Explorer, validation, and JSON that is strict about types.</summary>
    public static IHostApplicationBuilder AddApi(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityTokens();
        builder.AddTasksClient(CallerIdentity.Authorization);
        builder.AddExplorerClient(CallerIdentity.Authorization);
        builder.Services.AddValidation();
        builder.Services.AddTransient<TaskFeed>();
        builder.Services.AddTransient<TaskEventStream>();
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DictionaryKeyPolicy = JsonNamingPolicy.CamelCase; // the fields in a problem's errors
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        return builder;
    }

    /// <summary>Maps every call; each needs a session unless it allows anonymous callers.</summary>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints
            .MapGroup(ProblemsExtensions.ApiPath)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblem(401)
            .ProducesProblem(503);
        api.MapMetricsApi();
        api.MapAuthApi().MapAccountApi();
        api.MapApiTokensApi();
        api.MapUsersApi();
        api.MapDefinitionsApi();
        api.MapPreviewsApi();
        api.MapTasksApi()
            .MapTaskDefinitionApi()
            .MapTaskExportApi()
            .MapCurationApi()
            .MapExploreApi()
            .MapReportApi()
            .MapTaskEventsApi();
        return endpoints;
    }
}
