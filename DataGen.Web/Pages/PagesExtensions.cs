using System.Net.Mime;
using DataGen.Web.Forms;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace DataGen.Web.Pages;

/// <summary>The pages and the pipeline around them.</summary>
internal static class PagesExtensions
{
    /// <summary>Adds Razor Pages: nothing is cached, faults of Tasks become status codes, wrong input is named in plain
    /// words.</summary>
    internal static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddRazorPages()
            .AddMvcOptions(options =>
            {
                options.Filters.Add(
                    new ResponseCacheAttribute { NoStore = true, Location = ResponseCacheLocation.None }
                );
                options.Filters.Add<TasksFailureFilter>();
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                UsePlainWords(options.ModelBindingMessageProvider);
            });
        builder.Services.AddResponseCompression(options =>
        {
            // The one secret in a page, the antiforgery token, is encrypted anew for each answer, so that its length
            // when compressed tells nothing.
            options.EnableForHttps = true;
            options.MimeTypes = [MediaTypeNames.Text.Html];
        });
        builder.Services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // The Gateway is the only one that can reach this service, and it alone knows the public origin.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
        });
        return builder;
    }

    /// <summary>Uses the error pages, then asks who is calling.</summary>
    internal static WebApplication UsePages(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseResponseCompression();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    private static void UsePlainWords(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor(
            (value, field) =>
                field == nameof(NewTask.Temperature)
                    ? $"“{value}” is not a usable number."
                    : $"“{value}” is not a usable whole number."
        );
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}” cannot be used here.");
        messages.SetValueMustBeANumberAccessor(field => $"{field} must be a number.");
    }
}
