using System.Text.Json;
using System.Text.Json.Serialization;
using DataGen.Gateway.Api.Definitions;
using DataGen.Gateway.Api.Explore;
using DataGen.Gateway.Api.Metrics;
using DataGen.Gateway.Api.Previews;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.ApiTokens;
using DataGen.Gateway.Auth;
using DataGen.Gateway.Users;

namespace DataGen.Gateway.Api;

/// <summary>The JSON of the API.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(LoginResponse))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(MeResponse))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(SessionListResponse))]
[JsonSerializable(typeof(NewApiToken))]
[JsonSerializable(typeof(CreatedApiTokenResponse))]
[JsonSerializable(typeof(ApiTokenListResponse))]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(UserChange))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(UserListResponse))]
[JsonSerializable(typeof(MetricsResponse))]
[JsonSerializable(typeof(NewTask))]
[JsonSerializable(typeof(TaskRetry))]
[JsonSerializable(typeof(TaskExtension))]
[JsonSerializable(typeof(TaskBudget))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(DefinitionCheckResponse))]
[JsonSerializable(typeof(DefinitionResponse))]
[JsonSerializable(typeof(PlanResponse))]
[JsonSerializable(typeof(NewPreview))]
[JsonSerializable(typeof(PreviewResponse))]
[JsonSerializable(typeof(NewDraft))]
[JsonSerializable(typeof(DraftResponse))]
[JsonSerializable(typeof(TaskResponse))]
[JsonSerializable(typeof(TaskListResponse))]
[JsonSerializable(typeof(RecordListResponse))]
[JsonSerializable(typeof(RecordResponse))]
[JsonSerializable(typeof(NewRecord))]
[JsonSerializable(typeof(NewFeedback))]
[JsonSerializable(typeof(RowsResponse))]
[JsonSerializable(typeof(ProfileResponse))]
[JsonSerializable(typeof(NewQuery))]
[JsonSerializable(typeof(QueryResponse))]
[JsonSerializable(typeof(ReportResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
